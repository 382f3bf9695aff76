namespace Dashboard.Testing;

/// <summary>Where things are, seen from the folder that the tests were built into.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>"Release" or "Debug", as the running tests were built.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The built file of a project under <c>src/</c>, in the configuration of the running tests.</summary>
    public static string BuiltAssembly(string project) =>
        Path.Combine(Root, "src", project, "bin", Configuration, new DirectoryInfo(AppContext.BaseDirectory).Name, project + ".dll");

    /// <summary>A folder for what a failed test leaves to look at.</summary>
    public static string Artifacts(string name) =>
        Directory.CreateDirectory(Path.Combine(Root, "artifacts", name)).FullName;

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Dashboard.sln above {AppContext.BaseDirectory}");
    }
}
