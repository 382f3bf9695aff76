using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Memory of connections that do nothing, each with one subscription.</summary>
internal sealed class IdleRow() : Row("idle")
{
    private const int Connections = 10_000;

    public override IReadOnlyList<Line> Lines { get; } =
    [
        new("idle", "10,000 idle connections: memory of each", "bytes") { IsLowerBetter = true, Goal = 8192 },
    ];

    public override bool NeedsFreshProcess => true;

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        Open(peer, 100).Dispose(); // what the first connections cost once
        var before = ProcessFigures.Resident(peer.ProcessId);
        using var crowd = Open(peer, Connections);
        await Task.Delay(settings.Duration); // what is only needed for connecting may be given back
        return new Sample([(ProcessFigures.Resident(peer.ProcessId) - before) / (double)Connections]);
    }

    private static ConnectionCrowd Open(Peer peer, int count)
    {
        var crowd = new ConnectionCrowd(largestPacket: 1024);
        crowd.Open(count, (poll, id, i) => new LoadConnection(
            poll, id, peer.TcpPort, isWebSocket: false, ClientPackets.Connect($"idle{Environment.ProcessId}-{count}-{i}"), ClientPackets.Subscribe([$"idle/{i}"], qos: 0)));
        return crowd;
    }
}
