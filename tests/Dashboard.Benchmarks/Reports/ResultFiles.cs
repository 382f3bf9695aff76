using System.Text.Json;

namespace Dashboard.Benchmarks.Reports;

/// <summary>What a benchmark leaves behind, in <c>artifacts/benchmarks</c>.</summary>
internal static class ResultFiles
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private static string Latest => Path.Combine(Folder, "latest.json");

    private static string Folder => Repository.Artifacts("benchmarks");

    /// <summary>Writes JSON and Markdown, under the date and as the latest.</summary>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Write(Results results)
    {
        var json = JsonSerializer.Serialize(results, Json);
        var markdown = ReadmeSection.Heading(results) + "\n" + MarkdownTable.Of(results.Lines, isFull: true);
        var name = Path.Combine(Folder, results.Date.ToString("yyyy-MM-dd-HHmm", System.Globalization.CultureInfo.InvariantCulture));
        string[] files = [name + ".json", name + ".md", Latest];
        File.WriteAllText(files[0], json);
        File.WriteAllText(files[1], markdown);
        File.WriteAllText(files[2], json);
        return files;
    }

    /// <summary>Results as they were written.</summary>
    /// <param name="file">Null for the latest.</param>
    public static Results Read(string? file) =>
        JsonSerializer.Deserialize<Results>(File.ReadAllText(file ?? Latest), Json)!;
}
