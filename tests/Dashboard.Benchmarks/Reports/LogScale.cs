namespace Dashboard.Benchmarks.Reports;

/// <summary>Places values between two coordinates by their magnitude.</summary>
internal sealed class LogScale
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;

    private LogScale(double low, double high, double from, double to) => (_low, _high, _from, _to) = (low, high, from, to);

    /// <summary>Powers of ten within the scale.</summary>
    public IEnumerable<double> Marks => Enumerable.Range((int)Math.Ceiling(_low), Math.Max(0, (int)(Math.Floor(_high) - Math.Ceiling(_low)) + 1)).Select(power => Math.Pow(10, power));

    /// <summary>From the power of ten below the smallest value to the largest.</summary>
    public static LogScale Around(IReadOnlyCollection<double> values, double from, double to) =>
        new(Math.Floor(Math.Log10(values.Min()) - 0.05), Math.Log10(values.Max()) + 0.05, from, to);

    /// <summary>From the smallest value to the largest.</summary>
    public static LogScale Exactly(IReadOnlyCollection<double> values, double from, double to) =>
        new(Math.Log10(values.Min()), Math.Max(Math.Log10(values.Max()), Math.Log10(values.Min()) + 0.1), from, to);

    public double At(double value) => _from + ((Math.Log10(value) - _low) / (_high - _low) * (_to - _from));
}
