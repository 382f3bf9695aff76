using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Controls;

namespace Dashboard.Features.Overview;

/// <summary>
/// The rates of the last ten minutes as curves of one value for three seconds: half as wide as a pixel column, a value a
/// second would cost three times the bytes and show no more. The steps lie on the clock, so that only the last one moves.
/// </summary>
internal sealed class RateHistory
{
    public const int StepSeconds = 3;
    public const int Slots = BrokerStatistics.HistorySeconds / StepSeconds;

    private readonly List<RateSample[]> _steps = [];

    public RateHistory(IReadOnlyList<RateSample> samples)
    {
        foreach (var step in samples.GroupBy(StepOf).OrderBy(step => step.Key))
        {
            _steps.Add([.. step]);
        }
    }

    public IReadOnlyList<RateSeries> Messages => [Curve(Texts.Overview_In, sample => sample.MessagesIn), Curve(Texts.Overview_Out, sample => sample.MessagesOut)];

    public IReadOnlyList<RateSeries> Bytes => [Curve(Texts.Overview_In, sample => sample.BytesIn), Curve(Texts.Overview_Out, sample => sample.BytesOut)];

    private RateSeries Curve(string name, Func<RateSample, double> value) => new(name, [.. _steps.Select(step => step.Average(value))]);

    private static long StepOf(RateSample sample) => sample.Time.ToUnixTimeSeconds() / StepSeconds;
}
