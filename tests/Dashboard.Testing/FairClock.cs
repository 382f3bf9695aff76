using System.Diagnostics;

namespace Dashboard.Testing;

/// <summary>
/// A stopwatch that stands still when the machine does. A limit of time is for the program under test: that the machine ran
/// nothing for a second or two is not its fault. What is lost is seen by a thread that only sleeps, and by how much too long.
/// </summary>
public sealed class FairClock : IDisposable
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(10);

    /// <summary>Shorter ones are the machine doing other work besides, which is no excuse.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _sleeper;
    private readonly Lock _lock = new();
    private TimeSpan _lost;
    private TimeSpan _longestPause;

    private FairClock()
    {
        _sleeper = new Thread(Watch) { IsBackground = true, Name = nameof(FairClock), Priority = ThreadPriority.Highest };
        _sleeper.Start();
    }

    /// <summary>Since the start, without what the machine lost.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _clock.Elapsed - _lost;
            }
        }
    }

    /// <summary>The longest time since the start that the machine ran nothing.</summary>
    public TimeSpan LongestPause
    {
        get
        {
            lock (_lock)
            {
                return _longestPause;
            }
        }
    }

    public static FairClock Start() => new();

    public void Dispose()
    {
        _end.Set();
        _sleeper.Join();
        _end.Dispose();
    }

    private void Watch()
    {
        var before = _clock.Elapsed;
        while (!_end.Wait(Nap))
        {
            var now = _clock.Elapsed;
            var pause = now - before - Nap;
            lock (_lock)
            {
                _lost += pause > ShortestPause ? pause : TimeSpan.Zero;
                _longestPause = pause > _longestPause ? pause : _longestPause;
            }

            before = now;
        }
    }
}
