using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dashboard.Features.Publish.Commands;

/// <summary>A draft as a request to <c>/api/publish</c> by curl, for a Unix shell.</summary>
internal static class Curl
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="dashboard">The address of the pages, with the slash at its end.</param>
    public static string Write(MessageDraft draft, string dashboard) =>
        $"curl {MosquittoPub.Quote(dashboard + "api/publish")} -H \"Content-Type: application/json\" -d '{Body(draft).Replace("'", @"'\''", StringComparison.Ordinal)}'";

    public static string Body(MessageDraft draft)
    {
        var body = new JsonObject { ["topic"] = draft.Topic };
        var bytes = draft.PayloadText.Bytes!;
        var text = PayloadText.Write(bytes, PayloadNotation.Text);
        Add(text is null ? "payloadBase64" : "payload", text ?? Convert.ToBase64String(bytes));
        if (draft.QoS > 0)
        {
            body["qos"] = (int)draft.QoS;
        }

        if (draft.Retain)
        {
            body["retain"] = true;
        }

        Add("contentType", draft.ContentType);
        Add("responseTopic", draft.ResponseTopic);
        Add(draft.CorrelationIsHex ? "correlationDataHex" : "correlationData", draft.CorrelationData);
        if (draft.Seconds is { } seconds)
        {
            body["messageExpiryInterval"] = seconds;
        }

        if (draft.PayloadFormatIsUtf8)
        {
            body["payloadFormatIsUtf8"] = true;
        }

        if (draft.NamedProperties() is { Count: > 0 } named)
        {
            body["userProperties"] = new JsonArray([.. named.Select(property => new JsonObject { ["name"] = property.Name, ["value"] = property.Value })]);
        }

        return body.ToJsonString(Json);

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                body[name] = value;
            }
        }
    }
}
