using System.Buffers.Binary;
using System.Diagnostics;

namespace Dashboard.Benchmarks.Load;

/// <summary>What has arrived at all subscribers of a run: how much, how late, and whether in order.</summary>
internal sealed class Arrivals(int publishers, int subscribers)
{
    /// <summary>Bytes of a payload that carries time, publisher and number.</summary>
    public const int FullStamp = 16;

    /// <summary>The number that came last; of each publisher, or of each subscriber when there is one publisher.</summary>
    private readonly uint[] _last = new uint[Math.Max(publishers, subscribers)];

    private readonly bool _byPublisher = subscribers == 1;

    public long Received { get; private set; }

    public long Disordered { get; private set; }

    public LatencyHistogram Latency { get; } = new();

    /// <summary>Time stamp of the read that is being handled.</summary>
    public long Now { get; set; } = Stopwatch.GetTimestamp();

    public void Add(int subscriber, ReadOnlySpan<byte> payload)
    {
        Received++;
        Latency.Add(Now - BinaryPrimitives.ReadInt64LittleEndian(payload));
        if (payload.Length < FullStamp)
        {
            return;
        }

        var number = BinaryPrimitives.ReadUInt32LittleEndian(payload[12..]);
        ref var last = ref _last[_byPublisher ? BinaryPrimitives.ReadInt32LittleEndian(payload[8..]) : subscriber];
        if (number <= last)
        {
            Disordered++;
        }

        last = number;
    }
}
