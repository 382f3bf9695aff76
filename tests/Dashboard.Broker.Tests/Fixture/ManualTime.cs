namespace Dashboard.Broker.Tests.Fixture;

/// <summary>A clock that stands still until a test moves it, and the timers that hang on it.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires every timer that is due by then, once however often it was due, as a busy machine does.</summary>
    public void Advance(TimeSpan by)
    {
        foreach (var fire in TakeDue(by))
        {
            fire();
        }
    }

    private List<Action> TakeDue(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
            var due = _timers.Where(timer => timer.DueAt <= _now).ToList();
            due.ForEach(timer => timer.Rearm());
            return [.. due.Select(timer => timer.Fire)];
        }
    }

    private sealed class ManualTimer(ManualTime owner, Action fire) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset DueAt { get; private set; }

        public Action Fire { get; } = fire;

        public void Rearm()
        {
            if (_period <= TimeSpan.Zero)
            {
                owner._timers.Remove(this);
            }

            DueAt = owner._now + _period;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
                _period = period;
                DueAt = owner._now + dueTime;
                if (dueTime >= TimeSpan.Zero)
                {
                    owner._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
