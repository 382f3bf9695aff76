using Microsoft.AspNetCore.HttpOverrides;

namespace Dashboard.Hosting;

internal static class ReverseProxy
{
    /// <summary>Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of the proxies that the options name, and of nobody else.</summary>
    public static void UseKnownProxies(this IApplicationBuilder app, DashboardOptions options)
    {
        if (options.KnownProxies.Count == 0)
        {
            return;
        }

        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in options.KnownProxies)
        {
            forwarded.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>
    /// Serves everything below <c>Dashboard:PathBase</c>, whether the proxy in front passes that prefix on or strips it,
    /// so that links in pages always carry it.
    /// </summary>
    public static void UseSubPath(this IApplicationBuilder app, DashboardOptions options)
    {
        if (options.PathBase.Length == 0)
        {
            return;
        }

        app.Use((context, next) =>
        {
            if (context.Request.Path.StartsWithSegments(options.PathBase, out var rest))
            {
                context.Request.Path = rest;
            }

            context.Request.PathBase = options.PathBase;
            return next(context);
        });
    }
}
