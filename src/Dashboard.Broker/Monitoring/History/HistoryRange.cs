namespace Dashboard.Broker.Monitoring.History;

/// <summary>How far one ring of the history looks back, and in which steps.</summary>
public sealed record HistoryRange(TimeSpan Step, int Steps)
{
    public static readonly HistoryRange TenMinutes = new(TimeSpan.FromSeconds(1), 600);
    public static readonly HistoryRange TwoHours = new(TimeSpan.FromSeconds(10), 720);
    public static readonly HistoryRange Day = new(TimeSpan.FromMinutes(1), 1440);
    public static readonly HistoryRange Month = new(TimeSpan.FromMinutes(15), 2880);

    public static IReadOnlyList<HistoryRange> All { get; } = [TenMinutes, TwoHours, Day, Month];

    public TimeSpan Length => Step * Steps;

    internal long StepSeconds => (long)Step.TotalSeconds;

    /// <summary>The beginning of the step that a moment lies in, in Unix seconds.</summary>
    public long StepOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds * StepSeconds;
}
