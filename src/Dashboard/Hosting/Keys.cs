using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Hosting;

internal static class Keys
{
    /// <summary>Keeps the keys that protect forms and circuits in the data folder: both survive a restart.</summary>
    public static void AddKeys(this IServiceCollection services, DashboardOptions options) =>
        services.AddDataProtection()
            .SetApplicationName("Dashboard")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataDirectory, "keys")));
}
