using System.Globalization;

namespace Dashboard.Benchmarks.Reports;

/// <summary>The README's part about speed: all between two marks is replaced.</summary>
internal static class ReadmeSection
{
    public const string Picture = "docs/speed.svg";

    private const string Begin = "<!-- speed: written by tests/Dashboard.Benchmarks -->";
    private const string End = "<!-- end of speed -->";

    /// <summary>When and where, in one sentence.</summary>
    public static string Heading(Results results) => string.Create(
        CultureInfo.InvariantCulture,
        $"Measured on {results.Date:d MMMM yyyy} on {results.Machine}, beside {results.Machine.Versions}. {(results.Runs == 1 ? "One run" : $"Medians of {results.Runs} alternating runs")} of {results.Seconds:0.#} s, messages of 64 bytes, MQTT 3.1.1 over TCP unless said, made by {results.Load} on the same machine.\n");

    /// <summary>Writes table and picture into the repository.</summary>
    public static void Replace(Results results)
    {
        var readme = Path.Combine(Repository.Root, "README.md");
        var text = File.ReadAllText(readme);
        var from = text.IndexOf(Begin, StringComparison.Ordinal);
        var to = text.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidOperationException($"README.md has no part between \"{Begin}\" and \"{End}\"");
        }

        File.WriteAllText(readme, text[..(from + Begin.Length)] + "\n" + Section(results) + text[to..]);
        File.WriteAllText(Path.Combine(Repository.Root, Picture), SpeedChart.Draw(results));
    }

    private static string Section(Results results) => $"""
        {Heading(results)}
        ![Messages a second of the three brokers, and how they change with topic levels, payload and publishers]({Picture})

        {MarkdownTable.Of(results.Lines.Where(IsShown), isFull: false)}
        A ratio is our figure divided by theirs: above 1 is better for messages and clients a second, below 1 for times, CPU and memory.
        † The load client had no processor time left: the broker could do more.

        """;

    private static bool IsShown(LineResult result) => result.Line.Series is null;
}
