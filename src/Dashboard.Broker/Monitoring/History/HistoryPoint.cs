namespace Dashboard.Broker.Monitoring.History;

/// <summary>The average figures of one step. A step in which the broker did not run has no point.</summary>
public sealed class HistoryPoint
{
    internal static readonly int Figures = Enum.GetValues<HistoryFigure>().Length;

    private readonly double[] _values;

    /// <param name="start">Unix seconds.</param>
    /// <param name="samples">How many samples the averages are of.</param>
    public HistoryPoint(long start, int samples, double[] values)
    {
        Start = start;
        Samples = samples;
        _values = values;
    }

    /// <summary>The beginning of the step in Unix seconds.</summary>
    public long Start { get; }

    internal int Samples { get; }

    internal IReadOnlyList<double> Values => _values;

    /// <summary>Not a number when the figure was not kept yet.</summary>
    public double this[HistoryFigure figure] => (int)figure < _values.Length ? _values[(int)figure] : double.NaN;

    /// <summary>This step with one sample more.</summary>
    internal HistoryPoint With(double[] sample)
    {
        var values = new double[sample.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var before = i < _values.Length && double.IsFinite(_values[i]) ? _values[i] : sample[i];
            values[i] = before + ((sample[i] - before) / (Samples + 1));
        }

        return new HistoryPoint(Start, Samples + 1, values);
    }
}
