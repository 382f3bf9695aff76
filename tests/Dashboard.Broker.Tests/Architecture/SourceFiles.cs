namespace Dashboard.Broker.Tests.Architecture;

internal static class SourceFiles
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "TestResults"];

    /// <summary>The files below a folder with one of these endings, without what was built or installed.</summary>
    public static IEnumerable<string> In(string folder, params string[] endings) =>
        Directory.EnumerateFiles(folder)
            .Where(file => endings.Contains(Path.GetExtension(file)))
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(inside => !NotOurs.Contains(Path.GetFileName(inside)))
                .SelectMany(inside => In(inside, endings)));

    public static string Short(string file) => Path.GetRelativePath(Repository.Root, file);
}
