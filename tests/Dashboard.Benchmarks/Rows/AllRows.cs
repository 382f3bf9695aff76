using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Everything that is measured, in the order of the table.</summary>
internal static class AllRows
{
    private const string PerSecond = "messages/s";
    private static readonly int[] Levels = [1, 4, 16, 64];
    private static readonly int[] Payloads = [8, 128, 2048, 32_768, 1_048_576];
    private static readonly int[] Publishers = [1, 10, 100, 1000];

    public static IReadOnlyList<Row> For(IReadOnlyList<PeerChoice> peers) =>
    [
        Throughput("qos0-pairs", "QoS 0, 50 pairs", Plan(Shape.Pairs, 50), 12, 1.8),
        Throughput("qos0-in", "QoS 0, 50 to 1", Plan(Shape.FanIn, 50), 8, 1.3),
        Throughput("qos0-out", "QoS 0, 1 to 100", Plan(Shape.FanOut, 100) with { Outstanding = 100_000 }, 15, 3),
        Throughput("qos1-pairs", "QoS 1, 50 pairs, 32 in flight", Plan(Shape.Pairs, 50, qos: 1), 5),
        Throughput("qos1-in", "QoS 1, 50 to 1", Plan(Shape.FanIn, 50, qos: 1), 5),
        Throughput("qos1-out", "QoS 1, 1 to 100", Plan(Shape.FanOut, 100, qos: 1), 5),
        Throughput("qos2-pairs", "QoS 2, 50 pairs", Plan(Shape.Pairs, 50, qos: 2), 5),
        Throughput("ws-pairs", "WebSocket, QoS 0, 50 pairs", Plan(Shape.Pairs, 50) with { IsWebSocket = true }, 5),
        Throughput("ws-out", "WebSocket, QoS 0, 1 to 100", Plan(Shape.FanOut, 100) with { IsWebSocket = true, Outstanding = 100_000 }, 5),
        new CalmRow("calm-in", "50 to 1 at 20,000 messages/s", Plan(Shape.FanIn, 50) with { Rate = 20_000 }, 0.8),
        new CalmRow("calm-pairs", "50 pairs at 10,000 messages/s", Plan(Shape.Pairs, 50) with { Rate = 10_000 }, 0.5),
        new StormRow(),
        new StartRow(peers),
        new IdleRow(),
        new AudienceRow("subscribers", [new("50 pairs beside 10,000 idle subscribers", [.. Enumerable.Range(0, 10_000).Select(i => new[] { $"elsewhere/{i}" })], Goal: 90)]),
        new AudienceRow("filters",
        [
            new("50 pairs beside 100,000 wildcard filters that match nothing", Wildcards(i => $"elsewhere/{i}/+/#"), Goal: 90),
            new("… of which one matches each topic too", Wildcards(i => i < 50 ? $"bench/+/{i}" : $"elsewhere/{i}/+/#"), Goal: null),
        ]),
        new TroubleRow(),
        new DurableRow(),
        new RestoreRow(),
        .. Levels.Select(levels => Point("levels", levels, levels == 1 ? "50 pairs, one topic level" : $"50 pairs, {levels} topic levels", Plan(Shape.Pairs, 50) with { TopicLevels = levels })),
        .. Payloads.Select(bytes => Point("payload", bytes, $"50 pairs, {bytes:N0} bytes", Plan(Shape.Pairs, 50) with { Payload = bytes, Outstanding = Math.Clamp(64_000_000 / bytes, 100, 50_000) })),
        .. Publishers.Select(count => Point("publishers", count, count == 1 ? "1 to 1" : $"{count:N0} to 1", Plan(Shape.FanIn, count))),
        new SoakRow(),
    ];

    private static LoadPlan Plan(Shape shape, int count, int qos = 0) => new() { Shape = shape, Count = count, QoS = qos, Duration = default };

    private static ThroughputRow Throughput(string name, string title, LoadPlan plan, double overMosquitto, double? overNats = null) =>
        new(name, new Line(name, title, PerSecond) { OverMosquitto = overMosquitto, OverNats = overNats }, plan);

    private static ThroughputRow Point(string series, int at, string title, LoadPlan plan) =>
        new(series, new Line($"{series}-{at}", $"QoS 0, {title}", PerSecond) { Series = series, At = at }, plan);

    private static string[][] Wildcards(Func<int, string> filter) =>
        [.. Enumerable.Range(0, 100_000).Select(filter).Chunk(1000)];
}
