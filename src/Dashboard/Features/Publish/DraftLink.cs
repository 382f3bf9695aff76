using System.Globalization;
using Dashboard.Mqtt.Packets;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Features.Publish;

/// <summary>A whole draft in the address of the page, to be sent to a colleague. Opening it fills the page and sends nothing.</summary>
internal static class DraftLink
{
    /// <summary>Characters that every browser and proxy carries.</summary>
    public const int MaxLength = 6_000;

    /// <summary>Parameters of which a message has one or more besides its topic.</summary>
    public static readonly IReadOnlyList<string> BeyondTopic =
        ["payload", "as", "qos", "retain", "contentType", "responseTopic", "correlation", "correlationHex", "expiry", "utf8", "name", "value"];

    /// <summary>Relative to the dashboard's address; null when it would be too long or carries a file.</summary>
    public static string? Write(MessageDraft draft)
    {
        if (draft.Notation == PayloadNotation.File || draft.Payload.Length > MaxLength)
        {
            return null;
        }

        var query = new List<KeyValuePair<string, string?>>();
        Add("topic", draft.Topic);
        Add("payload", draft.Payload);
        Add("as", draft.Notation == PayloadNotation.Text ? "" : draft.Notation.ToString().ToLowerInvariant());
        Add("qos", draft.QoS == 0 ? "" : ((int)draft.QoS).ToString(CultureInfo.InvariantCulture));
        Add("retain", draft.Retain ? "true" : "");
        Add("contentType", draft.ContentType);
        Add("responseTopic", draft.ResponseTopic);
        Add(draft.CorrelationIsHex ? "correlationHex" : "correlation", draft.CorrelationData);
        Add("expiry", draft.Expiry);
        Add("utf8", draft.PayloadFormatIsUtf8 ? "true" : "");
        foreach (var property in draft.NamedProperties())
        {
            query.Add(new("name", property.Name));
            query.Add(new("value", property.Value));
        }

        var link = QueryHelpers.AddQueryString("publish", query);
        return link.Length > MaxLength ? null : link;

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                query.Add(new(name, value));
            }
        }
    }

    /// <summary>Null when the address carries no draft beyond a topic.</summary>
    public static MessageDraft? Read(string address)
    {
        var query = QueryHelpers.ParseQuery(new Uri(address).Query);
        if (!BeyondTopic.Any(query.ContainsKey))
        {
            return null;
        }

        query.TryGetValue("name", out var names);
        query.TryGetValue("value", out var values);
        return new MessageDraft
        {
            Topic = Text("topic"),
            Payload = Text("payload"),
            Notation = Enum.TryParse<PayloadNotation>(Text("as"), ignoreCase: true, out var notation) && notation is > PayloadNotation.Text and < PayloadNotation.File ? notation : PayloadNotation.Text,
            QoS = Text("qos") switch { "1" => QualityOfService.AtLeastOnce, "2" => QualityOfService.ExactlyOnce, _ => QualityOfService.AtMostOnce },
            Retain = Text("retain") == "true",
            ContentType = Text("contentType"),
            ResponseTopic = Text("responseTopic"),
            CorrelationData = Text("correlation") + Text("correlationHex"),
            CorrelationIsHex = query.ContainsKey("correlationHex"),
            Expiry = Text("expiry"),
            PayloadFormatIsUtf8 = Text("utf8") == "true",
            UserProperties = [.. names.Zip(values, (name, value) => new UserProperty(name ?? "", value ?? ""))],
        };

        string Text(string name) => query.TryGetValue(name, out var value) ? value[0] ?? "" : "";
    }
}
