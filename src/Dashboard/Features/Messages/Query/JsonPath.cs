using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dashboard.Features.Messages.Query;

/// <summary>A place in a JSON payload: <c>temp</c>, <c>room.temp</c>, <c>values[0].temp</c>.</summary>
internal sealed class JsonPath
{
    private static readonly JsonReaderOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly List<(string? Name, int Index)> _steps;
    private readonly byte[] _lastName;

    private JsonPath(List<(string? Name, int Index)> steps)
    {
        _steps = steps;
        _lastName = Encoding.UTF8.GetBytes(steps.FindLast(step => step.Name is not null).Name ?? "");
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        var steps = new List<(string?, int)>();
        foreach (var part in text.Split('.'))
        {
            var bracket = part.IndexOf('[');
            var name = bracket < 0 ? part : part[..bracket];
            if (name.Length == 0 && (bracket < 0 || steps.Count > 0))
            {
                return false;
            }

            if (name.Length > 0)
            {
                steps.Add((name, 0));
            }

            if (bracket >= 0 && !TryAddIndexes(part[bracket..], steps))
            {
                return false;
            }
        }

        path = new JsonPath(steps);
        return true;
    }

    /// <summary>The string, number, true, false or null at the place as text; for an object or array its kind. False when it is not there or this is no JSON.</summary>
    public bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!CanHold(payload))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(payload, Lenient);
            if (!reader.Read())
            {
                return false;
            }

            foreach (var (name, index) in _steps)
            {
                if (!(name is null ? GoToIndex(ref reader, index) : GoToName(ref reader, name)))
                {
                    return false;
                }
            }

            value = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.StartObject => "{}",
                JsonTokenType.StartArray => "[]",
                _ => Encoding.UTF8.GetString(reader.ValueSpan),
            };
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false; // No JSON, deeper than 64 levels, or half a character in a string.
        }
    }

    /// <summary>Most payloads are told at a glance, without the exception that reading them could cost; a name may be escaped, so a backslash lets pass.</summary>
    private bool CanHold(ReadOnlySpan<byte> payload)
    {
        var start = payload.TrimStart(" \t\r\n"u8);
        return start.Length > 0 && start[0] is (byte)'{' or (byte)'[' && (start.IndexOf(_lastName) >= 0 || start.Contains((byte)'\\'));
    }

    private static bool TryAddIndexes(string text, List<(string?, int)> steps)
    {
        foreach (var part in text[1..].Split('['))
        {
            if (!part.EndsWith(']') || !int.TryParse(part[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                return false;
            }

            steps.Add((null, index));
        }

        return true;
    }

    private static bool GoToName(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool GoToIndex(ref Utf8JsonReader reader, int index)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (index-- == 0)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
