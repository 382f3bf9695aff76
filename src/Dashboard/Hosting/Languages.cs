using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Dashboard.Hosting;

/// <summary>The languages of the pages: the reader's choice in a cookie, else what the browser asks for, else English. Numbers and times look alike in all, but for what separates thousands.</summary>
internal static class Languages
{
    public static IReadOnlyList<CultureInfo> All { get; } = [new("en"), new("es")];

    /// <summary>What its speakers call it, short: "EN", "ES".</summary>
    public static string OwnName(CultureInfo language) => language.Name.ToUpperInvariant();

    public static void UseLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(new RequestLocalizationOptions
    {
        DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture, All[0]),
        SupportedCultures = [CultureInfo.InvariantCulture],
        SupportedUICultures = [.. All],
        RequestCultureProviders = [new CookieRequestCultureProvider(), new CustomRequestCultureProvider(AskedFor)],
    });

    // The framework's own provider asks the operating system's culture data for the language of a region (es-MX), and we carry none.
    private static Task<ProviderCultureResult?> AskedFor(HttpContext context)
    {
        var language = context.Request.GetTypedHeaders().AcceptLanguage
            .OrderByDescending(asked => asked.Quality ?? 1)
            .Select(asked => asked.Value.ToString().Split('-')[0])
            .FirstOrDefault(asked => All.Any(spoken => spoken.Name.Equals(asked, StringComparison.OrdinalIgnoreCase)));
        return Task.FromResult(language is null ? null : new ProviderCultureResult("", language));
    }
}
