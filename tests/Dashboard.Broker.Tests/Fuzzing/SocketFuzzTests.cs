using System.Net;
using System.Net.Sockets;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using Xunit.Abstractions;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>
/// Streams of packets, right and wrong, from several clients at once over real sockets, plain or in WebSocket frames. Each connection comes to its end,
/// nothing is logged as an error, memory stays bounded, and two clients that do nothing wrong notice nothing.
/// </summary>
public sealed class SocketFuzzTests(ITestOutputHelper output) : BrokerTest
{
    private const int Clients = 4;

    /// <summary>What the options below let sessions, queues, the retained store and the statistics hold, and the pools.</summary>
    private const long MemoryMayGrow = 100_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private long _packets;
    private long _connections;
    private long _webSockets;

    [Fact]
    public async Task Whatever_comes_ends_its_own_connection_and_disturbs_no_other()
    {
        await StartAsync(options =>
        {
            options.MaxSessions = 300;
            options.MaxTopics = 5_000;
            options.MaxRetainedMessages = 500;
            options.MaxRetainedBytes = 4_000_000;
            options.MaxInflight = 20;
            options.MaxQueuedMessages = 50;
            options.MaxQueuedBytes = 100_000;
            options.Monitoring.MaxBytes = 4_000_000;
        });
        var publisher = await ConnectAsync(ProtocolVersion.V311, "innocent-publisher");
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "innocent-subscriber");
        await subscriber.SubscribeAsync("innocent", QualityOfService.AtLeastOnce);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        using var cases = FuzzSettings.Cases().GetEnumerator();
        var attacks = Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => AttackAsync(cases))));
        var exchanged = 0;
        do
        {
            await publisher.SendAsync(Message("innocent", $"{exchanged}", QualityOfService.AtLeastOnce) with { PacketId = 1 });
            await publisher.ExpectAckAsync(PacketType.PubAck, 1);
            await subscriber.AcknowledgeAsync(await subscriber.ExpectMessageAsync("innocent", $"{exchanged}"));
            exchanged++;
        }
        while (!attacks.IsCompleted);

        await attacks;
        await Eventually.Holds(() => Host.Broker.Connections.Count == 2, () => $"{Host.Broker.Connections.Count} connections are left of the two innocents'");
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(grown < MemoryMayGrow, $"{grown:N0} bytes more are held than before");
        output.WriteLine($"seed {FuzzSettings.Seed}: {_connections:N0} connections, {_webSockets:N0} of them over WebSocket, {_packets:N0} packets; {exchanged:N0} innocent messages; {grown / 1_000_000} MB more held");
    }

    private async Task AttackAsync(IEnumerator<int> cases)
    {
        while (Next(cases) is { } number)
        {
            var chance = FuzzSettings.ChanceOf(number);
            var fuzz = FuzzCase.Generate(chance);
            foreach (var connection in fuzz.Connections)
            {
                if (await ProblemAsync(connection, chance) is { } problem)
                {
                    Assert.Fail(FuzzSettings.Replay(number, problem, fuzz.Trace()));
                }
            }

            Interlocked.Add(ref _packets, fuzz.PacketCount);
            Interlocked.Add(ref _connections, fuzz.Connections.Count);
        }
    }

    private static int? Next(IEnumerator<int> cases)
    {
        lock (cases)
        {
            return cases.MoveNext() ? cases.Current : null;
        }
    }

    /// <summary>What is wrong with how the broker treated a connection, or null.</summary>
    private async Task<string?> ProblemAsync(FuzzConnection connection, Random chance)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var isWebSocket = chance.Next(2) == 0;
        _ = isWebSocket ? Interlocked.Increment(ref _webSockets) : 0;
        await socket.ConnectAsync(IPAddress.Loopback, isWebSocket ? Host.WebSocketAddress.Port : Host.TcpPort);
        var (answer, bytes) = (ReadAsync(socket), isWebSocket ? WebSocketWords.Frames(connection.Bytes, chance) : connection.Bytes);
        try
        {
            for (var at = 0; at < bytes.Length;)
            {
                var until = Math.Min(bytes.Length, at + (chance.Next(3) == 0 ? chance.Next(1, 8) : chance.Next(1, 4000)));
                await socket.SendAsync(bytes.AsMemory(at, until - at));
                at = until;
            }

            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The broker has closed it, as it may.
        }

        var (said, end) = await answer;
        if (end == End.None)
        {
            return $"the connection of {connection.Version} with {connection.Packets.Count} packets did not end within {Patience.TotalSeconds:0} s; it was told {Convert.ToHexStringLower(said)}";
        }

        try
        {
            said = isWebSocket && end == End.InOrder ? WebSocketWords.Contents(said) : said;
            _ = end == End.InOrder ? ServerWords.Read(said, ServerWords.VersionOfAnswer(connection.Bytes), mayBeCut: isWebSocket) : null;
            return null;
        }
        catch (InvalidDataException exception)
        {
            return $"{exception.Message}: {Convert.ToHexStringLower(said)}";
        }
    }

    /// <summary>Reads to the end. The broker may cut off who still sends.</summary>
    private static async Task<(byte[] Said, End End)> ReadAsync(Socket socket)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var said = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await socket.ReceiveAsync(buffer, timeout.Token) is > 0 and var count)
            {
                said.Write(buffer, 0, count);
            }

            return (said.ToArray(), End.InOrder);
        }
        catch (OperationCanceledException)
        {
            return (said.ToArray(), End.None);
        }
        catch (SocketException)
        {
            return (said.ToArray(), End.CutOff);
        }
    }

    private enum End
    {
        None,
        InOrder,
        CutOff,
    }
}
