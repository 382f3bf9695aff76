using System.Text.Json;

namespace Dashboard.Shared.Payload;

/// <summary>One value of a JSON document, by its place in the bytes.</summary>
/// <param name="Kind">The token it begins with.</param>
/// <param name="Parent">The number of the value around it; -1 for the outermost.</param>
/// <param name="Depth">0 for the outermost.</param>
/// <param name="Position">Its place among its siblings, from 0.</param>
/// <param name="Key">Where its name stands, without quotes; null in an array.</param>
/// <param name="Text">Where it stands itself; of an object or array only what opens it.</param>
/// <param name="Path">A hash of all names and positions on the way to it.</param>
internal readonly record struct JsonNode(JsonTokenType Kind, int Parent, int Depth, int Position, Range? Key, Range Text, ulong Path)
{
    /// <summary>The number of the last value inside it, or its own.</summary>
    public int Last { get; init; }

    /// <summary>How many values lie directly in it.</summary>
    public int Count { get; init; }

    public bool IsContainer => Kind is JsonTokenType.StartObject or JsonTokenType.StartArray;
}
