using System.Globalization;
using System.Numerics;

namespace Dashboard.Benchmarks.Load;

/// <summary>
/// As long as it lasts the load client has one processor to itself and the broker the others, as if the devices were elsewhere.
/// Left alone, the scheduler puts a thread that has little to do now beside the one that wakes it and now on top of it, and a
/// message then costs half or twice as much for minutes, whichever broker it is. On a single processor nothing is changed.
/// </summary>
internal sealed class Apart : IDisposable
{
    private const int MostProcessors = 1024;
    private const int Bits = 64;

    private readonly int _broker;
    private readonly ulong[] _all = new ulong[MostProcessors / Bits];

    public Apart(int broker)
    {
        _broker = broker;
        if (SystemCalls.sched_getaffinity(0, MostProcessors / 8, ref _all[0]) < 0 || _all.Sum(BitOperations.PopCount) < 2)
        {
            _all = [];
            return;
        }

        var first = Array.FindIndex(_all, bits => bits != 0);
        var bit = _all[first] & (~_all[first] + 1);
        var own = new ulong[_all.Length];
        own[first] = bit;
        ulong[] others = [.. _all];
        others[first] ^= bit;
        Keep(Environment.ProcessId, own);
        Keep(broker, others);
    }

    public void Dispose()
    {
        if (_all.Length > 0)
        {
            Keep(Environment.ProcessId, _all);
            Keep(_broker, _all);
        }
    }

    /// <summary>Threads that begin meanwhile, and programs that it starts, are where the one was that began them.</summary>
    private static void Keep(int process, ulong[] processors)
    {
        foreach (var thread in Directory.EnumerateDirectories($"/proc/{process}/task"))
        {
            // A thread that has ended meanwhile needs no place.
            _ = SystemCalls.sched_setaffinity(int.Parse(Path.GetFileName(thread), CultureInfo.InvariantCulture), processors.Length * sizeof(ulong), ref processors[0]);
        }
    }
}
