using Dashboard.Broker.Monitoring.History;

namespace Dashboard.Features.Overview;

/// <summary>
/// A stretch of time that the charts show. The history has more steps than a chart has pixels, so a few of them are one
/// value: more would cost bytes and show nothing.
/// </summary>
/// <param name="Key">As it stands in the address.</param>
/// <param name="Slot">The time of one value in a chart.</param>
/// <param name="Row">The time of one row in the table.</param>
internal sealed record ChartRange(string Key, HistoryRange History, TimeSpan Slot, TimeSpan Row)
{
    public static readonly ChartRange TenMinutes = new("10min", HistoryRange.TenMinutes, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(30));

    public static IReadOnlyList<ChartRange> All { get; } =
    [
        TenMinutes,
        new("2h", HistoryRange.TwoHours, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5)),
        new("24h", HistoryRange.Day, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(30)),
        new("30d", HistoryRange.Month, TimeSpan.FromMinutes(90), TimeSpan.FromHours(12)),
    ];

    public string Name => Key switch
    {
        "10min" => Texts.Overview_Range10Minutes,
        "2h" => Texts.Overview_Range2Hours,
        "24h" => Texts.Overview_Range24Hours,
        _ => Texts.Overview_Range30Days,
    };

    /// <summary>The range of an address; the last ten minutes when it names none.</summary>
    public static ChartRange Of(string? key) => All.FirstOrDefault(range => range.Key == key) ?? TenMinutes;
}
