using Microsoft.Extensions.Primitives;

namespace Dashboard.Hosting;

internal static class SecurityHeaders
{
    // Styles inline: Radzen and our own charts and virtualised lists set sizes by style attributes. Scripts never are.
    // ws: and wss: in connect-src: the circuit, and pages that talk to the broker's other WebSocket port.
    private static readonly StringValues Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; " +
        "connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    });
}
