using System.Text;

namespace Dashboard.Features.Messages.Query;

/// <summary>Something that is asked of a payload.</summary>
internal abstract class ContentCondition
{
    /// <summary>A payload longer than this is no number and no short word.</summary>
    private const int MaxValue = 256;

    public abstract bool Holds(ReadOnlySpan<byte> payload);

    /// <summary>"text": stands somewhere in the payload, in small or capital letters.</summary>
    public sealed class Contains(string text) : ContentCondition
    {
        private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);

        public override bool Holds(ReadOnlySpan<byte> payload) =>
            payload.IndexOf(_utf8) >= 0 || Encoding.UTF8.GetString(payload).Contains(text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>value&gt;30: the whole payload is a number, or a word.</summary>
    public sealed class Value(Comparison comparison) : ContentCondition
    {
        public override bool Holds(ReadOnlySpan<byte> payload) =>
            payload.Length <= MaxValue && comparison.Holds(Encoding.UTF8.GetString(payload).Trim());
    }

    /// <summary>json.temp&gt;=20, or json.temp alone: there is such a field.</summary>
    public sealed class Json(JsonPath path, Comparison? comparison) : ContentCondition
    {
        public override bool Holds(ReadOnlySpan<byte> payload) =>
            path.TryRead(payload, out var value) && comparison?.Holds(value) != false;
    }

    public sealed class Not(ContentCondition condition) : ContentCondition
    {
        public override bool Holds(ReadOnlySpan<byte> payload) => !condition.Holds(payload);
    }
}
