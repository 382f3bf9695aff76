using System.Buffers;
using System.Text.RegularExpressions;
using Dashboard.Broker.Connections;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Storage;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>The engine without a network, and what it said to each client. An innocent subscriber hears all that is published.</summary>
internal sealed partial class FuzzedEngine
{
    private readonly MqttBroker _broker;

    public FuzzedEngine()
    {
        var options = new BrokerOptions { Storage = StorageKind.Memory };
        var time = new ManualTime();
        var streams = new MessageStreams(options);
        var monitor = new BrokerMonitor(
            new TopicMonitor(options), streams, new JourneyLog(options, streams, time), new ClientEventLog(options), new ClientEventWriter(NullLogger<ClientEventWriter>.Instance));
        _broker = new MqttBroker(options, new MemoryStore(), monitor, time);
    }

    /// <summary>One connection from its first byte to its end.</summary>
    /// <param name="pieces">Lengths in which the bytes arrive; all at once when there are none.</param>
    public FuzzedConnection Play(byte[] bytes, IReadOnlyList<int> pieces)
    {
        var transport = new FuzzedConnection(bytes, pieces);
        var connection = new ClientConnection(transport, _broker.Services);
        var end = connection.RunAsync();
        if (!end.IsCompleted)
        {
            throw new InvalidOperationException("the connection did not come to its end");
        }

        end.GetAwaiter().GetResult();
        transport.Version = connection.Session is null ? ServerWords.VersionOfAnswer(bytes) : connection.Version;
        transport.CloseReason = connection.CloseReason is { } closing ? (closing.Reason, closing.Message) : null;
        transport.WasAccepted = connection.Session is not null;
        return transport;
    }

    /// <summary>What must be the same however the bytes came; identifiers that the broker makes up are not.</summary>
    public static string Comparable(byte[] said) => MadeUpIdentifier().Replace(System.Text.Encoding.Latin1.GetString(said), "auto");

    [GeneratedRegex("auto-[0-9a-f]{16}")]
    private static partial Regex MadeUpIdentifier();
}

/// <summary>Hands over bytes in pieces, in segments of their own, and keeps what is sent.</summary>
internal sealed class FuzzedConnection(byte[] bytes, IReadOnlyList<int> pieces) : ITransport
{
    private readonly ArrayBufferWriter<byte> _said = new();
    private readonly DeliveryBatch _batch = new();
    private bool _isStopped;

    public string Name => "memory";

    public string RemoteAddress => "127.0.0.1:1";

    public ProtocolVersion Version { get; set; }

    public (ReasonCode Reason, string Message)? CloseReason { get; set; }

    public bool WasAccepted { get; set; }

    public byte[] Said => _said.WrittenSpan.ToArray();

    public Task ReceiveAsync(IReceiver receiver)
    {
        var kept = new List<ReadOnlyMemory<byte>>();
        var from = 0;
        foreach (var length in pieces.Append(bytes.Length))
        {
            var until = Math.Min(bytes.Length, from + length);
            if (_isStopped || until == from)
            {
                continue;
            }

            // A copy, so that nothing can look beyond its piece into what has not arrived.
            kept.Add(bytes[from..until].AsMemory());
            from = until;
            var buffer = FuzzedSegment.Join(kept);
            if (receiver.Receive(ref buffer, _batch) == ReceiveResult.Done)
            {
                _isStopped = true;
            }

            _batch.Flush();
            kept = Segments(buffer);
        }

        return Task.CompletedTask;
    }

    public ValueTask SendAsync(OutboxChunk chunks)
    {
        for (var chunk = chunks; chunk is not null; chunk = chunk.Next)
        {
            _said.Write(chunk.Written.Span);
        }

        return ValueTask.CompletedTask;
    }

    public void StopReceiving() => _isStopped = true;

    public void ResumeReceiving()
    {
    }

    public Task LingerAsync(IReceiver receiver, TimeSpan time) => Task.CompletedTask;

    public ValueTask CloseAsync() => ValueTask.CompletedTask;

    public void Abort() => _isStopped = true;

    private static List<ReadOnlyMemory<byte>> Segments(ReadOnlySequence<byte> buffer)
    {
        var segments = new List<ReadOnlyMemory<byte>>();
        foreach (var segment in buffer)
        {
            segments.Add(segment);
        }

        return segments;
    }
}

/// <summary>A piece of a sequence.</summary>
internal sealed class FuzzedSegment : ReadOnlySequenceSegment<byte>
{
    private FuzzedSegment(ReadOnlyMemory<byte> bytes, FuzzedSegment? previous)
    {
        Memory = bytes;
        if (previous is not null)
        {
            RunningIndex = previous.RunningIndex + previous.Memory.Length;
            previous.Next = this;
        }
    }

    public static ReadOnlySequence<byte> Join(IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var first = new FuzzedSegment(pieces[0], null);
        var last = pieces.Skip(1).Aggregate(first, (previous, piece) => new FuzzedSegment(piece, previous));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
