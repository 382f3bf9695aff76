using System.Globalization;
using Dashboard.Shared.Payload;

namespace Dashboard.Features.Topics.Comparison;

/// <summary>A value of a JSON document that is not what it was; null where it is not there.</summary>
/// <param name="Difference">By how much a number went up or down, with its sign.</param>
internal sealed record JsonChange(string Path, string? Before, string? After, string? Difference = null);

/// <summary>What changed between two JSON documents, value by value, whatever their order and spaces.</summary>
internal sealed record JsonDiff(IReadOnlyList<JsonChange> Changes, int More)
{
    private const int MaxChanges = 200;
    private const int MaxValue = 200;

    /// <summary>Null when one of them is no object or array, or names a value twice: then only their text tells what changed.</summary>
    public static JsonDiff? Of(byte[] before, byte[] after)
    {
        if (JsonOutline.TryRead(before) is not { } old || JsonOutline.TryRead(after) is not { } now || !old.Nodes[0].IsContainer || !now.Nodes[0].IsContainer)
        {
            return null;
        }

        if (Places(old) is not { } oldPlaces || Places(now) is not { } nowPlaces)
        {
            return null;
        }

        var changes = new List<JsonChange>();
        var all = 0;
        for (var i = 0; i < now.Nodes.Length;)
        {
            var node = now.Nodes[i];
            var isOld = oldPlaces.TryGetValue(node.Path, out var place);
            var isSame = isOld && Same(old, place, now, i);
            i = isSame ? Next(i) : Report(now, i, isOld ? Value(old, place) : null, Value(now, i), isOld ? Difference(old.Raw(old.Nodes[place]), now.Raw(node)) : null);
        }

        for (var i = 0; i < old.Nodes.Length;)
        {
            i = nowPlaces.ContainsKey(old.Nodes[i].Path) ? Next(i) : Report(old, i, Value(old, i), null, null);
        }

        return new JsonDiff(changes, all - changes.Count);

        int Report(JsonOutline outline, int index, string? was, string? isNow, string? difference)
        {
            if (++all <= MaxChanges)
            {
                changes.Add(new JsonChange(outline.PathOf(index), was, isNow, difference));
            }

            return outline.Nodes[index].Last + 1; // what lies in it is part of this change
        }

        static int Next(int index) => index + 1;
    }

    private static Dictionary<ulong, int>? Places(JsonOutline outline)
    {
        var places = new Dictionary<ulong, int>(outline.Nodes.Length);
        for (var i = 0; i < outline.Nodes.Length; i++)
        {
            if (!places.TryAdd(outline.Nodes[i].Path, i))
            {
                return null;
            }
        }

        return places;
    }

    /// <summary>Of objects and arrays only that they are there: what lies in them is compared by itself.</summary>
    private static bool Same(JsonOutline old, int place, JsonOutline now, int index) =>
        old.Nodes[place].Kind == now.Nodes[index].Kind && (now.Nodes[index].IsContainer || old.Raw(old.Nodes[place]).SequenceEqual(now.Raw(now.Nodes[index])));

    private static string Value(JsonOutline outline, int index)
    {
        var node = outline.Nodes[index];
        var raw = outline.Raw(node);
        return node.IsContainer
            ? $"{VisibleText.Of(raw)} {node.Count} {(raw[0] == '{' ? "}" : "]")}"
            : VisibleText.Of(raw[..Math.Min(raw.Length, MaxValue)]) + (raw.Length > MaxValue ? "…" : "");
    }

    private static string? Difference(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        NumberReadings.TryText(before, out var was) && NumberReadings.TryText(after, out var isNow) && double.IsFinite(isNow - was)
            ? (isNow - was).ToString("+0.######;-0.######;0", CultureInfo.InvariantCulture)
            : null;
}
