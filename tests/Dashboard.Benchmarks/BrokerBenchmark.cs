using System.Globalization;
using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;
using Dashboard.Benchmarks.Reports;
using Dashboard.Benchmarks.Rows;

namespace Dashboard.Benchmarks;

/// <summary>Our broker beside others, on everything that the README claims.</summary>
internal static class BrokerBenchmark
{
    public static async Task<int> Run(Arguments arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            await Console.Error.WriteLineAsync("The load client works with Linux's epoll; run this on Linux.");
            return 1;
        }

        var isQuick = arguments.Has("quick");
        var seconds = arguments.Real("seconds", isQuick ? 0.6 : 1);
        var settings = new RunSettings(TimeSpan.FromSeconds(seconds), arguments.Time("soak", TimeSpan.FromMinutes(10)), Load(arguments), Console.Out);
        var choices = PeerChoice.All(Console.WriteLine);
        var rows = Selected(AllRows.For(choices), arguments.Has("soak") ? ["soak"] : arguments.List("rows"));
        if (rows.Count == 0)
        {
            await Console.Error.WriteLineAsync($"No such row. There are: {string.Join(", ", AllRows.For(choices).Select(row => row.Name).Distinct())}");
            return 1;
        }

        var runs = arguments.Number("runs", isQuick || rows.All(row => row.IsOnDemand) ? 1 : 3);
        var loadBefore = double.Parse((await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0], CultureInfo.InvariantCulture);
        var steps = rows.Sum(row => row.Choose(choices).Count()) * runs;
        var lines = new List<LineResult>();
        await using (var runner = new RowRunner(choices, settings, runs, new Progress(steps, runs, Console.Out)))
        {
            foreach (var row in rows)
            {
                lines.AddRange(await runner.Run(row));
            }
        }

        Report(new Results
        {
            Date = DateTimeOffset.Now,
            Machine = Machine.Here(await PeerVersions.Of(choices)),
            Load = settings.Load.Name,
            Runs = runs,
            Seconds = seconds,
            LoadBefore = loadBefore,
            Lines = lines,
        }, arguments.Has("readme"));
        return 0;
    }

    private static void Report(Results results, bool intoReadme)
    {
        Console.WriteLine();
        Console.WriteLine(ReadmeSection.Heading(results));
        Console.WriteLine(MarkdownTable.Of(results.Lines, isFull: true));
        Console.WriteLine("Written: " + string.Join(", ", ResultFiles.Write(results).Select(file => Path.GetRelativePath(Repository.Root, file))));
        if (intoReadme)
        {
            ReadmeSection.Replace(results);
            Console.WriteLine($"Written: README.md, {ReadmeSection.Picture}");
        }
    }

    private static ILoad Load(Arguments arguments) =>
        arguments.Text("load") == "mqload" ? new Mqload(arguments.Text("mqload") ?? Installed.Find("mqload") ?? throw new ArgumentException("--load mqload needs --mqload PATH")) : new OwnLoad();

    private static List<Row> Selected(IReadOnlyList<Row> all, IReadOnlyCollection<string> names) =>
        [.. all.Where(row => names.Count == 0 ? !row.IsOnDemand : names.Contains(row.Name))];
}
