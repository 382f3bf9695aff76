using System.Numerics;

namespace Dashboard.Benchmarks.Load;

/// <summary>Counts durations in nanoseconds in steps of at most 1.6 %: 64 steps a power of two.</summary>
internal sealed class LatencyHistogram
{
    private const int Steps = 64;
    private const int StepBits = 6;

    private readonly long[] _counts = new long[Steps * Steps];

    public long Count { get; private set; }

    public void Add(long nanoseconds)
    {
        _counts[IndexOf(Math.Max(0, nanoseconds))]++;
        Count++;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>The duration in µs that a share of all does not exceed.</summary>
    public double Microseconds(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted)
            {
                return ValueAt(i) / 1000.0;
            }
        }

        return 0;
    }

    private static int IndexOf(long value)
    {
        if (value < Steps)
        {
            return (int)value;
        }

        var exponent = BitOperations.Log2((ulong)value);
        return ((exponent - StepBits + 1) * Steps) + (int)((value >> (exponent - StepBits)) - Steps);
    }

    private static long ValueAt(int index)
    {
        if (index < Steps)
        {
            return index;
        }

        var exponent = (index / Steps) + StepBits - 1;
        return (long)((index % Steps) + Steps) << (exponent - StepBits);
    }
}
