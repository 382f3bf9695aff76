namespace Dashboard.Broker.Monitoring;

/// <summary>
/// How many messages may be captured now: one second's worth at once, then as many as the rate gives back meanwhile, so that
/// under a steady flood what is seen is spread over the second instead of being its beginning. The owner's lock guards it.
/// </summary>
internal struct CaptureAllowance
{
    /// <summary>Milliseconds after which it is worth asking again, whatever was overdrawn and whichever way the clock was set.</summary>
    public const int LongestWait = 1000;

    private long _since;
    private double _left;

    /// <param name="now">Unix milliseconds.</param>
    /// <param name="rate">Messages a second.</param>
    public bool TryTake(long now, int rate)
    {
        if (!HasAny(now, rate))
        {
            return false;
        }

        Spend();
        return true;
    }

    /// <summary>Whether one may be taken.</summary>
    public bool HasAny(long now, int rate)
    {
        _left = Math.Min(rate, _left + (Math.Max(0, now - _since) * rate / 1000.0));
        _since = now;
        return _left >= 1;
    }

    /// <summary>Before this moment, in Unix milliseconds, there is none; said by what was asked last.</summary>
    public readonly long NextAt(int rate) => _since + (long)Math.Clamp(Math.Ceiling((1 - _left) * 1000 / rate), 1, LongestWait);

    /// <summary>Takes one, whether there is one or not: what is overdrawn has to come back first.</summary>
    public void Spend() => _left--;

    /// <summary>Gives back what was taken for something that turned out not to be wanted.</summary>
    public void GiveBack(int count = 1) => _left += count;
}
