using Dashboard.Broker.Connections;
using Dashboard.Mqtt.Anatomy;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>The packets of one client in both directions, in a ring: the last ones are there, what came too fast is a number. Thread-safe.</summary>
public sealed class PacketTrace : IPacketTap
{
    private readonly Lock _gate = new();
    private readonly Queue<TracedPacket> _packets = [];
    private readonly MonitoringOptions _options;
    private readonly TimeProvider _time;
    private CaptureAllowance _allowance;
    private long _last;
    private long _bytes;
    private long _letGo;
    private long _notCaptured;

    internal PacketTrace(string clientId, MonitoringOptions options, TimeProvider time)
    {
        ClientId = clientId;
        _options = options;
        _time = time;
        Since = time.GetUtcNow();
    }

    public string ClientId { get; }

    /// <summary>When the capture began.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>Packets since then, captured or not; grows with each.</summary>
    public long Count => Interlocked.Read(ref _last);

    /// <summary>Those that came faster than they are captured.</summary>
    public long NotCaptured => Interlocked.Read(ref _notCaptured);

    /// <summary>Captured packets that made room for newer ones.</summary>
    public long LetGo => Interlocked.Read(ref _letGo);

    /// <summary>Bytes of what is held.</summary>
    public long HeldBytes => Interlocked.Read(ref _bytes);

    /// <summary>What is held, oldest first.</summary>
    public IReadOnlyList<TracedPacket> Packets
    {
        get
        {
            lock (_gate)
            {
                return [.. _packets];
            }
        }
    }

    void IPacketTap.Received(ReadOnlySpan<byte> packet, ProtocolVersion version) => Record(true, packet, default, version);

    void IPacketTap.Sent(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, ProtocolVersion version) => Record(false, head, payload, version);

    private void Record(bool isFromClient, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, ProtocolVersion version)
    {
        if (head.IsEmpty)
        {
            return; // The connection began before anybody looked.
        }

        var now = _time.GetUtcNow();
        lock (_gate)
        {
            var sequence = Interlocked.Increment(ref _last);
            if (!_allowance.TryTake(now.ToUnixTimeMilliseconds(), _options.TraceRate))
            {
                Interlocked.Increment(ref _notCaptured);
                return;
            }

            var bytes = Keep(head, payload, version);
            _packets.Enqueue(new TracedPacket(sequence, now, isFromClient, version, head.Length + payload.Length, bytes));
            _bytes += bytes.Length;
            while (_packets.Count > _options.TraceLength || (_bytes > _options.TraceBytes && _packets.Count > 1))
            {
                _bytes -= _packets.Dequeue().Bytes.Length;
                Interlocked.Increment(ref _letGo);
            }
        }
    }

    private byte[] Keep(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, ProtocolVersion version)
    {
        var type = (PacketType)(head[0] >> 4);
        if (type is PacketType.Connect or PacketType.Auth or PacketType.ConnAck)
        {
            var whole = WithoutSecrets([.. head, .. payload], version);
            return whole.Length <= _options.TracePacketBytes ? whole : whole[.._options.TracePacketBytes];
        }

        var kept = new byte[Math.Min(head.Length + payload.Length, _options.TracePacketBytes)];
        var ofHead = Math.Min(head.Length, kept.Length);
        head[..ofHead].CopyTo(kept);
        payload[..(kept.Length - ofHead)].CopyTo(kept.AsSpan(ofHead));
        return kept;
    }

    /// <summary>What nobody may read is not kept either.</summary>
    private static byte[] WithoutSecrets(byte[] packet, ProtocolVersion version)
    {
        foreach (var field in PacketAnatomy.Of(packet, version).Fields.Where(field => field.IsSecret))
        {
            // The lengths stay, so that the fields after it are still found.
            var within = Math.Min(PrefixOf(field), field.Length);
            packet.AsSpan(field.Start + within, field.Length - within).Fill((byte)'*');
        }

        return packet;
    }

    /// <summary>Two bytes of length, and before those of a property its identifier; what has no name has no length.</summary>
    private static int PrefixOf(PacketField field) => field.Name == PacketField.Unknown ? 0 : field.IsPart ? 3 : 2;
}
