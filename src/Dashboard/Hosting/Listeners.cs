using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dashboard.Hosting;

internal static class Listeners
{
    public static void Listen(this KestrelServerOptions kestrel, DashboardOptions options)
    {
        kestrel.AddServerHeader = false;
        if (options.Port > 0)
        {
            kestrel.Listen(options.BindAddress, options.Port);
        }
    }
}
