using Dashboard.Broker.Monitoring.History;

namespace Dashboard.Features.Overview;

/// <summary>
/// A stretch of the history in steps of its reader, the oldest first. The steps lie on the clock, so that only the last one
/// moves; a step of which nothing is known, because the broker did not run, is not a number.
/// </summary>
public sealed class HistoryView
{
    private readonly List<HistoryPoint>[] _steps;

    public HistoryView(IReadOnlyList<HistoryPoint> points, TimeSpan step, TimeSpan length, DateTimeOffset now)
    {
        Step = step;
        var seconds = (long)step.TotalSeconds;
        var last = now.ToUnixTimeSeconds() / seconds;
        End = DateTimeOffset.FromUnixTimeSeconds(last * seconds);
        _steps = [.. Enumerable.Range(0, (int)(length / step)).Select(_ => new List<HistoryPoint>())];
        foreach (var point in points)
        {
            var at = _steps.Length - 1 - (last - (point.Start / seconds));
            if (at >= 0 && at < _steps.Length)
            {
                _steps[at].Add(point);
            }
        }
    }

    public TimeSpan Step { get; }

    public int Count => _steps.Length;

    /// <summary>When the last step began.</summary>
    public DateTimeOffset End { get; }

    public DateTimeOffset StartOf(int step) => End - (Step * (_steps.Length - 1 - step));

    public bool IsKnown(int step) => _steps[step].Count > 0;

    /// <summary>The average of a figure in a step.</summary>
    public double this[HistoryFigure figure, int step] => _steps[step].Count == 0 ? double.NaN : _steps[step].Average(point => point[figure]);

    public double[] Values(HistoryFigure figure) => [.. Enumerable.Range(0, _steps.Length).Select(step => this[figure, step])];
}
