using Dashboard.Shared;

namespace Dashboard.Features.Retained;

/// <summary>The choices of a <see cref="RetainedFilter"/> in words.</summary>
internal static class FilterWords
{
    public static string Age(string key) => key.Length == 0
        ? Texts.Retained_AnyAge
        : Texts.Retained_OlderThan.With(Format.Duration(RetainedFilter.AgeOf(key)));

    public static string Size(string key) => key.Length == 0
        ? Texts.Retained_AnySize
        : Texts.Retained_AtLeast.With(Format.Bytes(RetainedFilter.SizeOf(key)));

    public static string Sort(string key) => key switch
    {
        "newest" => Texts.Retained_SortNewest,
        "oldest" => Texts.Retained_SortOldest,
        "largest" => Texts.Retained_SortLargest,
        "expires" => Texts.Retained_SortExpires,
        _ => Texts.Retained_SortTopic,
    };
}
