namespace Dashboard.Hosting;

internal static class ReverseProxy
{
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
