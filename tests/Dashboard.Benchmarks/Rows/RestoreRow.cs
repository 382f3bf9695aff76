using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Starting with a full store.</summary>
internal sealed class RestoreRow() : Row("restore")
{
    private const int Sessions = 10_000;
    private const int Retained = 100_000;

    public override IReadOnlyList<Line> Lines { get; } =
    [
        new("restore", "Start with 100,000 retained messages and 10,000 sessions on disk", "s") { IsLowerBetter = true, Goal = 3 },
    ];

    public override IEnumerable<PeerChoice> Choose(IEnumerable<PeerChoice> peers) => OnlyOurs(peers);

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        await using var durable = await DashboardPeer.StartOnDisk();
        MakeSessions(durable.TcpPort);
        MakeRetained(durable.TcpPort);
        await durable.Restart();
        return new Sample([durable.StartTook.TotalSeconds]);
    }

    private static void MakeSessions(int port)
    {
        using var crowd = new ConnectionCrowd(largestPacket: 1024);
        crowd.Open(Sessions, (poll, id, i) => new LoadConnection(
            poll, id, port, isWebSocket: false, ClientPackets.Connect($"kept-{i}", isDurable: true), ClientPackets.Subscribe([$"kept/{i}/#"], qos: 1)));
    }

    private static void MakeRetained(int port)
    {
        const int InFlight = 1000;
        using var crowd = new ConnectionCrowd(largestPacket: 1024);
        crowd.Open(1, (poll, id, _) => new LoadConnection(poll, id, port, isWebSocket: false, ClientPackets.Connect("retainer"), null));
        var publisher = crowd[0];
        for (var i = 0; i < Retained;)
        {
            while (i < Retained && publisher.TakesMore && publisher.Inflight < InFlight)
            {
                publisher.Publish(Packet(i++), qos: 1);
            }

            publisher.Flush();
            Turn();
        }

        while (publisher.Inflight > 0)
        {
            Turn();
        }

        void Turn()
        {
            crowd.Turn(20_000_000);
            if (crowd.IsAnyClosed)
            {
                throw new IOException("The broker closed the connection that filled its store");
            }
        }
    }

    private static byte[] Packet(int number)
    {
        var packet = ClientPackets.Publish($"retained/{number / 100}/{number % 100}", qos: 1, new byte[64], retain: true, out var packetIdAt, out _);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(packetIdAt), (ushort)(1 + (number % 60_000)));
        return packet;
    }
}
