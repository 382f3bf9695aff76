namespace Dashboard.Benchmarks.Peers;

/// <summary>Programs of this machine.</summary>
internal static class Installed
{
    /// <summary>Where a program is; null when it is not installed. Servers are often outside of a user's path.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Concat(["/usr/sbin", "/usr/local/sbin", "/usr/bin"])
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
