namespace Dashboard.Broker.Monitoring.History;

/// <summary>The last steps of one <see cref="HistoryRange"/>, the oldest first; the last one still grows. The owner's lock guards it.</summary>
internal sealed class HistoryRing(HistoryRange range)
{
    private readonly LinkedList<HistoryPoint> _points = new();

    public HistoryRange Range => range;

    /// <summary>Points in order, no older than the range.</summary>
    public IEnumerable<HistoryPoint> Points => _points;

    /// <summary>The points that begin at or after a moment (Unix seconds), the newest first.</summary>
    public IEnumerable<HistoryPoint> Since(long start)
    {
        for (var node = _points.Last; node is not null && node.Value.Start >= start; node = node.Previous)
        {
            yield return node.Value;
        }
    }

    public void Add(DateTimeOffset moment, double[] sample)
    {
        var start = range.StepOf(moment);
        if (_points.Last is { } last && last.Value.Start >= start)
        {
            // The same step; or the clock was set back, and the figures count where the history stands.
            last.Value = last.Value.With(sample);
            return;
        }

        Append(new HistoryPoint(start, 1, sample));
    }

    /// <summary>Puts back a point of before a restart; they come in order.</summary>
    public void Append(HistoryPoint point)
    {
        _points.AddLast(point);
        var oldest = point.Start - (range.StepSeconds * (range.Steps - 1));
        while (_points.First!.Value.Start < oldest)
        {
            _points.RemoveFirst();
        }
    }
}
