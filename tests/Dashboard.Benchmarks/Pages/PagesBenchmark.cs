using System.Globalization;
using System.Text;
using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;
using Dashboard.Benchmarks.Reports;

namespace Dashboard.Benchmarks.Pages;

/// <summary>
/// Pages that are looked at while messages flow: how late a value is on the screen, what a viewer costs, and what viewers do to the
/// broker. The viewers are circuits without a browser; tabs of a real Chromium on the same machine take far more processor time than
/// the server's side of them.
/// </summary>
internal static class PagesBenchmark
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>At the server's memory, while pages are open.</summary>
    private const int Looks = 9;

    private static readonly LoadPlan Steady = new() { Shape = Shape.FanIn, Count = 50, TopicsOfPublisher = 200, Rate = 20_000, Duration = default };
    private static readonly LoadPlan Saturated = new() { Shape = Shape.Pairs, Count = 50, Duration = default };

    public static async Task<int> Run(Arguments arguments)
    {
        var viewers = arguments.Number("viewers", 50);
        var duration = TimeSpan.FromSeconds(arguments.Real("seconds", 10));
        await using var broker = await DashboardPeer.StartInMemory();
        var port = broker.TcpPort;
        var address = ((DashboardPeer)broker).Address;

        Console.WriteLine("Without viewers");
        LoadRun.Run(Steady with { Duration = TimeSpan.FromSeconds(2) }, port, broker.ProcessId); // the topics are known from here on
        var steadyAlone = LoadRun.Run(Steady with { Duration = duration / 2 }, port, broker.ProcessId);
        var saturatedAlone = LoadRun.Run(Saturated with { Duration = duration / 2 }, port, broker.ProcessId);

        await using IViewers pages = arguments.Has("chromium")
            ? await Tabs.Open(address, viewers, broker.ProcessId, Console.WriteLine)
            : await Circuits.Open(address, viewers, broker.ProcessId, Console.WriteLine);
        using var probes = new ProbePublisher(port);
        Console.WriteLine("With viewers, 20,000 messages/s over 10,000 topics");
        var (steady, steadyScreens, memory) = await Watch(Steady);
        Console.WriteLine("With viewers, saturated");
        var (saturated, saturatedScreens, _) = await Watch(Saturated);

        var text = Table(viewers, pages.Kind, pages.MemoryOfOne / Megabyte, memory, [("20,000 messages/s over 10,000 topics", steadyAlone, steady, steadyScreens), ("saturated, 50 pairs", saturatedAlone, saturated, saturatedScreens)]);
        Console.WriteLine();
        Console.WriteLine(text);
        var file = Path.Combine(Repository.Artifacts("benchmarks"), "pages.md");
        await File.WriteAllTextAsync(file, text);
        Console.WriteLine($"Written: {Path.GetRelativePath(Repository.Root, file)}");
        return 0;

        async Task<(LoadResult Load, double[] Lateness, IReadOnlyList<double> Memory)> Watch(LoadPlan plan)
        {
            await pages.StartWatching();
            var load = Task.Run(() => LoadRun.Run(plan with { Duration = duration }, port, broker.ProcessId));
            var memory = new List<double>();
            using var clock = new PeriodicTimer(duration / (Looks + 1));
            while (memory.Count < Looks && await clock.WaitForNextTickAsync())
            {
                memory.Add(ProcessFigures.Resident(broker.ProcessId) / Megabyte);
                Console.WriteLine($"  {memory.Count}/{Looks}: {memory[^1]:0} MB");
            }

            var lateness = await pages.Lateness();
            return lateness.Length > 0 ? (await load, lateness, memory) : throw new InvalidOperationException("No value of the probe reached a page: the pages have failed, and their cost says nothing.");
        }
    }

    private static string Table(int viewers, string kind, double circuit, IReadOnlyList<double> memory, IReadOnlyList<(string Name, LoadResult Alone, LoadResult Watched, double[] Lateness)> regimes)
    {
        var text = new StringBuilder();
        var format = CultureInfo.InvariantCulture;
        text.Append(format, $"{viewers} {kind} on Topics, Messages and Overview; {Machine.Here("")}\n\n");
        text.Append(format, $"- memory of the server for each page: {circuit:0.0} MB; the server's while they watched, every tenth of the time: {string.Join(", ", memory.Select(size => size.ToString("0", format)))} MB\n");
        foreach (var (name, alone, watched, lateness) in regimes)
        {
            Array.Sort(lateness);
            text.Append(format, $"- {name}: {alone.PerSecond:N0} messages/s without viewers, {watched.PerSecond:N0} with ({watched.PerSecond / alone.PerSecond:P0}); ");
            text.Append(format, $"latency p50 {alone.P50:N0} and {watched.P50:N0} µs, p99 {alone.P99:N0} and {watched.P99:N0} µs; the server's CPU {alone.CpuPerMessage:0.0} and {watched.CpuPerMessage:0.0} µs a message; ");
            text.Append(format, $"from publish to page p50 {At(lateness, 0.5):N0} ms, p95 {At(lateness, 0.95):N0} ms, p99 {At(lateness, 0.99):N0} ms of {lateness.Length} values\n");
        }

        return text.ToString();
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
}
