using System.Buffers;
using System.Globalization;
using System.Text;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Features.Publish.Commands;

/// <summary>A draft as arguments of mosquitto_pub for a Unix shell.</summary>
internal static class MosquittoPub
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"$`\\!%\n'");

    /// <summary>What comes before the program: bytes that are no text go in by the standard input.</summary>
    public static string Before(MessageDraft draft) => TextOf(draft) is null ? $"printf %s {Quote(Convert.ToBase64String(draft.PayloadText.Bytes!))} | base64 -d | " : "";

    public static string Arguments(MessageDraft draft)
    {
        var line = new StringBuilder($"-t {Quote(draft.Topic)}");
        var text = TextOf(draft);
        line.Append(text is null ? " -s" : text.Length == 0 ? " -n" : $" -m {Quote(text)}");
        if (draft.QoS != QualityOfService.AtMostOnce)
        {
            line.Append(CultureInfo.InvariantCulture, $" -q {(int)draft.QoS}");
        }

        line.Append(draft.Retain ? " -r" : "");
        if (draft.PropertyCount > 0)
        {
            line.Append(" -V 5");
            Add("content-type", draft.ContentType);
            Add("response-topic", draft.ResponseTopic);
            Add("correlation-data", CorrelationOf(draft));
            Add("message-expiry-interval", draft.Expiry);
            Add("payload-format-indicator", draft.PayloadFormatIsUtf8 ? "1" : "");
            foreach (var property in draft.NamedProperties())
            {
                line.Append(CultureInfo.InvariantCulture, $" -D PUBLISH user-property {Quote(property.Name)} {Quote(property.Value)}");
            }
        }

        return line.ToString();

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                line.Append(CultureInfo.InvariantCulture, $" -D PUBLISH {name} {Quote(value)}");
            }
        }
    }

    /// <summary>Whether the program can say it: its correlation data is a text, for it has no way to give bytes.</summary>
    public static bool CanSay(MessageDraft draft) => draft.CorrelationBytes is not { } bytes || PayloadText.Write(bytes, PayloadNotation.Text) is not null;

    /// <summary>Double quotes suit every shell and do for plain words; single quotes keep everything as it is.</summary>
    public static string Quote(string text) => text.AsSpan().ContainsAny(Special)
        ? $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'"
        : $"\"{text}\"";

    private static string CorrelationOf(MessageDraft draft) => draft.CorrelationBytes is { } bytes ? PayloadText.Write(bytes, PayloadNotation.Text) ?? "" : "";

    /// <summary>Null for what a terminal would not take as it stands: bytes that are no text, and keys such as Return.</summary>
    private static string? TextOf(MessageDraft draft) =>
        PayloadText.Write(draft.PayloadText.Bytes!, PayloadNotation.Text) is { } text && !text.Any(character => char.IsControl(character) && character != '\n') ? text : null;
}
