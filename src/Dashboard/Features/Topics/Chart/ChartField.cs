namespace Dashboard.Features.Topics.Chart;

/// <summary>A number that a topic sends again and again: its whole payload, or one field of its JSON.</summary>
/// <param name="Path">Empty for the whole payload.</param>
public sealed record ChartField(string Path)
{
    /// <summary>Points of one field that are held while the page is open; the oldest go first.</summary>
    private const int MaxPoints = 1_000;

    private readonly List<ChartPoint> _points = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ChartPoint> Points => _points;

    /// <summary>How many of the points can be drawn.</summary>
    public int Numbers { get; private set; }

    public string Name => Path.Length == 0 ? Texts.Topics_ChartValue : Path;

    public void Add(ChartPoint point)
    {
        _points.Add(point);
        Numbers += double.IsFinite(point.Value) ? 1 : 0;
        if (_points.Count > MaxPoints)
        {
            Numbers -= double.IsFinite(_points[0].Value) ? 1 : 0;
            _points.RemoveAt(0);
        }
    }
}
