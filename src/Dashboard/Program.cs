using Dashboard.Broker;
using Dashboard.Endpoints;
using Dashboard.Endpoints.RetainedFile;
using Dashboard.Features.Clients;
using Dashboard.Hosting;

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot.Find() });

var settings = new SettingsReader(builder.Configuration);
var broker = settings.Broker();
var options = DashboardOptions.Read(settings, broker, builder.Environment.ContentRootPath);
settings.CheckPorts(options, broker);
if (settings.Errors.Count > 0)
{
    return StartErrors.Print(settings.Errors);
}

builder.WebHost.UseStaticWebAssets(); // without it, only the Development environment would serve css and scripts before publish
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options, broker));
builder.Services.AddSingleton(options);
builder.Services.AddKeys(options);
builder.Services.AddMqttBroker(broker);
builder.Services.AddPages();
StopDeadline.AddTo(builder.Services);

var app = builder.Build();
if (!app.TryOpenStore())
{
    return StartErrors.ExitCode;
}

app.UseKnownProxies(options); // first: who somebody is
app.UseMqttPort(broker); // before the pages: on its port there is nothing but MQTT over WebSocket
app.UseSubPath(options);
app.UseHeadAsGet();
app.UseLanguages(); // before the error pages, which speak too
app.UseErrorPages();
app.UseSecurityHeaders(); // after the error pages, which clear the headers of what failed and run the rest again
app.UseRouting(); // after the sub-path and the error pages, which change the path
app.UseAntiforgery();
app.MapStaticAssets();
app.MapHealth();
app.MapPublish();
app.MapSavedMessages();
app.MapRetainedFile();
app.MapTopicHistory();
app.MapMqtt("/mqtt");
app.MapPacketExport();
app.MapPages();

await app.RunAsync();
return 0;
