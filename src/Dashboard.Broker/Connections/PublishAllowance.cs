namespace Dashboard.Broker.Connections;

/// <summary>How many messages a client may publish now: a bucket that fills at its rate, up to one burst. One thread at a time.</summary>
internal sealed class PublishAllowance(int perSecond, int burst)
{
    private double _available = burst;
    private long _asOf;

    /// <summary>How long until there is one more.</summary>
    public TimeSpan Wait => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((1 - _available) * 1000 / perSecond)));

    /// <param name="now">Unix milliseconds.</param>
    public bool TryTake(long now)
    {
        if (now > _asOf)
        {
            _available = Math.Min(burst, _available + ((now - _asOf) * perSecond / 1000.0));
            _asOf = now;
        }

        if (_available < 1)
        {
            return false;
        }

        _available--;
        return true;
    }
}
