namespace Dashboard.Mqtt.Tests.Client;

/// <summary>Its timers fire when the test says so, and at no other time.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Timer> _timers = [];

    public IReadOnlyList<TimeSpan> Periods => [.. _timers.Select(timer => timer.Period)];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(() => callback(state), period);
        _timers.Add(timer);
        return timer;
    }

    public void Tick() => _timers.ForEach(timer => timer.Fire());

    private sealed class Timer(Action callback, TimeSpan period) : ITimer
    {
        private Action? _callback = callback;

        public TimeSpan Period => period;

        public void Fire() => _callback?.Invoke();

        public bool Change(TimeSpan dueTime, TimeSpan period) => _callback is not null;

        public void Dispose() => _callback = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
