namespace Dashboard.Broker.Monitoring;

/// <summary>
/// How many messages may be captured now: one second's worth at once, then as many as the rate gives back meanwhile, so that
/// under a steady flood what is seen is spread over the second instead of being its beginning. The owner's lock guards it.
/// </summary>
internal struct CaptureAllowance
{
    private long _since;
    private double _left;

    /// <param name="now">Unix milliseconds.</param>
    /// <param name="rate">Messages a second.</param>
    public bool TryTake(long now, int rate)
    {
        _left = Math.Min(rate, _left + (Math.Max(0, now - _since) * rate / 1000.0));
        _since = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
