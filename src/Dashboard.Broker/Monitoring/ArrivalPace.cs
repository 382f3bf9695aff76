namespace Dashboard.Broker.Monitoring;

/// <summary>How a topic's messages come, as learnt from the times between them.</summary>
/// <param name="PerSecond">Messages a second now.</param>
/// <param name="Usual">The usual time between two messages; null until it is learnt.</param>
/// <param name="LateAfter">A silence longer than this is unusual; null until it is learnt.</param>
public readonly record struct TopicPace(double PerSecond, TimeSpan? Usual, TimeSpan? LateAfter);

/// <summary>
/// Learns the usual time between two messages and how far it strays, as TCP learns its round-trip time (RFC 6298), so that
/// a topic that sends in bursts is not late between two of them; and counts the rate. The owner's lock guards it.
/// </summary>
internal struct ArrivalPace
{
    private const int Fewest = 4;
    private const int RateWindow = 1_000;
    private const double ShortestSilence = 2_000;

    private long _last;
    private double _mean;
    private double _deviation;
    private int _learnt;
    private long _windowStart;
    private int _inWindow;
    private double _rate;

    /// <param name="now">Unix milliseconds.</param>
    public void Arrived(long now)
    {
        if (_last == 0)
        {
            (_last, _windowStart, _inWindow) = (now, now, 1);
            return;
        }

        var interval = Math.Max(0, now - _last);
        _deviation = _learnt == 0 ? interval / 2.0 : _deviation + ((Math.Abs(interval - _mean) - _deviation) / 4);
        _mean = _learnt == 0 ? interval : _mean + ((interval - _mean) / 8);
        _learnt = Math.Min(_learnt + 1, Fewest);
        _last = now;
        if (now - _windowStart >= RateWindow)
        {
            _rate = _inWindow * 1000.0 / (now - _windowStart);
            (_windowStart, _inWindow) = (now, 0);
        }

        _inWindow++;
    }

    /// <param name="now">Unix milliseconds.</param>
    public readonly TopicPace At(long now)
    {
        var silence = Math.Max(1, now - _last);
        // Of one message nothing is known; after a silence the rate is at most what the silence leaves possible.
        var rate = _learnt == 0 ? 0 : Math.Min(_rate == 0 ? _inWindow : _rate, Math.Max(1, _inWindow) * 1000.0 / Math.Max(RateWindow, silence));
        return _learnt < Fewest
            ? new TopicPace(rate, null, null)
            : new TopicPace(rate, TimeSpan.FromMilliseconds(_mean), TimeSpan.FromMilliseconds(Math.Max(ShortestSilence, Math.Max(2 * _mean, _mean + (4 * _deviation)))));
    }
}
