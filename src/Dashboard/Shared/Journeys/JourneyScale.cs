using Dashboard.Broker.Monitoring;

namespace Dashboard.Shared.Journeys;

/// <summary>
/// Places moments on a line from the arrival to the last moment of all receivers. Each tenfold time takes as much room as the
/// one before, as a message is sent within microseconds and acknowledged within milliseconds, or days.
/// </summary>
public sealed class JourneyScale
{
    private readonly double _decades;

    public JourneyScale(Journey journey)
    {
        var longest = journey.Receivers.SelectMany(receiver => receiver.Moments).Concat(journey.Moments).Select(moment => moment.After.TotalMicroseconds).DefaultIfEmpty().Max();
        _decades = Math.Max(1, Math.Ceiling(Decades(longest)));
        Ticks = [.. Enumerable.Range(1, (int)_decades).Select(decade => (decade / _decades, TimeSpan.FromMicroseconds(Math.Pow(10, decade))))];
    }

    /// <summary>Where a line stands, from 0 to 1, and for which time.</summary>
    public IReadOnlyList<(double Place, TimeSpan Time)> Ticks { get; }

    /// <summary>From 0 to 1.</summary>
    public double Place(TimeSpan after) => Math.Clamp(Decades(after.TotalMicroseconds) / _decades, 0, 1);

    /// <summary>0 at 1 µs, 1 at 10 µs, 2 at 100 µs, …</summary>
    private static double Decades(double microseconds) => microseconds < 1 ? 0 : Math.Log10(microseconds);
}
