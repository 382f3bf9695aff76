using Dashboard.Broker;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Features.Retained;

/// <summary>What the page shows of the store, as it stands in the address: a filter, an age, a publisher, a size and an order.</summary>
public sealed record RetainedFilter(string Topics, TimeSpan OlderThan, string Publisher, int MinSize, RetainedSort Sort)
{
    public const string Everything = TopicFilter.Everything;

    public static readonly RetainedFilter All = new(Everything, TimeSpan.Zero, "", 0, RetainedSort.Topic);

    private static readonly (string Key, TimeSpan Age)[] Ages =
        [("", TimeSpan.Zero), ("1min", TimeSpan.FromMinutes(1)), ("10min", TimeSpan.FromMinutes(10)), ("1h", TimeSpan.FromHours(1)), ("1d", TimeSpan.FromDays(1)), ("7d", TimeSpan.FromDays(7)), ("30d", TimeSpan.FromDays(30))];

    private static readonly (string Key, int Bytes)[] Sizes = [("", 0), ("1kB", 1_000), ("10kB", 10_000), ("100kB", 100_000), ("1MB", 1_000_000)];

    private static readonly (string Key, RetainedSort Sort)[] Sorts =
        [("", RetainedSort.Topic), ("newest", RetainedSort.Newest), ("oldest", RetainedSort.Oldest), ("largest", RetainedSort.Largest), ("expires", RetainedSort.ExpiresFirst)];

    public static IEnumerable<string> AgeKeys => Ages.Select(one => one.Key);

    public static IEnumerable<string> SizeKeys => Sizes.Select(one => one.Key);

    public static IEnumerable<string> SortKeys => Sorts.Select(one => one.Key);

    public string AgeKey => Array.Find(Ages, one => one.Age == OlderThan).Key;

    public string SizeKey => Array.Find(Sizes, one => one.Bytes == MinSize).Key;

    public string SortKey => Array.Find(Sorts, one => one.Sort == Sort).Key;

    /// <summary>True when it shows less than the topic filter alone would.</summary>
    public bool IsNarrowed => OlderThan > TimeSpan.Zero || MinSize > 0 || Publisher.Length > 0;

    public static TimeSpan AgeOf(string? key) => Array.Find(Ages, one => one.Key == key).Age;

    public static int SizeOf(string? key) => Array.Find(Sizes, one => one.Key == key).Bytes;

    public static RetainedSort SortOf(string? key) => Array.Find(Sorts, one => one.Key == key).Sort;

    /// <summary>A key that stands for nothing must not be taken for everything; null when all are known.</summary>
    public static string? UnknownOf(string? age, string? size, string? sort) => Unknown("older", age, AgeKeys) ?? Unknown("size", size, SizeKeys) ?? Unknown("sort", sort, SortKeys);

    private static string? Unknown(string name, string? key, IEnumerable<string> keys) =>
        string.IsNullOrEmpty(key) || keys.Contains(key) ? null : $"{name} is one of {string.Join(", ", keys.Where(one => one.Length > 0))}";

    public RetainedQuery Query(DateTimeOffset now) => new(Topics, OlderThan > TimeSpan.Zero ? now - OlderThan : null, Publisher, MinSize, Sort);
}
