using Dashboard.Endpoints;
using Dashboard.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });

var settings = new SettingsReader(builder.Configuration);
var options = DashboardOptions.Read(settings, builder.Environment.ContentRootPath);
if (settings.Errors.Count > 0)
{
    return StartErrors.Print(settings.Errors);
}

builder.WebHost.UseStaticWebAssets(); // without it, only the Development environment would serve css and scripts before publish
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options));
builder.Services.AddSingleton(options);
builder.Services.AddKeys(options);
builder.Services.AddPages();

var app = builder.Build();

app.UseSubPath(options);
app.UseErrorPages();
app.UseSecurityHeaders(); // after the error pages, which clear the headers of what failed and run the rest again
app.UseRouting(); // after the sub-path and the error pages, which change the path
app.UseAntiforgery();
app.MapStaticAssets();
app.MapHealth();
app.MapPages();

await app.RunAsync();
return 0;
