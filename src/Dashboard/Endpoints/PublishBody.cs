using System.Globalization;
using Dashboard.Features.Publish;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Endpoints;

/// <summary>What <c>POST /api/publish</c> takes. The payload is given in one of three ways, or left empty.</summary>
internal sealed record PublishBody
{
    public string? Topic { get; init; }

    public string? Payload { get; init; }

    public string? PayloadBase64 { get; init; }

    public string? PayloadHex { get; init; }

    public int Qos { get; init; }

    public bool Retain { get; init; }

    public bool PayloadFormatIsUtf8 { get; init; }

    /// <summary>Seconds.</summary>
    public long? MessageExpiryInterval { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public string? CorrelationData { get; init; }

    public string? CorrelationDataHex { get; init; }

    public IReadOnlyList<PublishProperty?>? UserProperties { get; init; }

    /// <summary>The same message as on the Publish page, whose rules it shares.</summary>
    public MessageDraft ToDraft() => new()
    {
        Topic = Topic ?? "",
        Payload = Payload ?? PayloadBase64 ?? PayloadHex ?? "",
        Notation = PayloadBase64 is not null ? PayloadNotation.Base64 : PayloadHex is not null ? PayloadNotation.Hex : PayloadNotation.Text,
        QoS = (QualityOfService)Qos,
        Retain = Retain,
        PayloadFormatIsUtf8 = PayloadFormatIsUtf8,
        Expiry = MessageExpiryInterval?.ToString(CultureInfo.InvariantCulture) ?? "",
        ContentType = ContentType ?? "",
        ResponseTopic = ResponseTopic ?? "",
        CorrelationData = CorrelationData ?? CorrelationDataHex ?? "",
        CorrelationIsHex = CorrelationDataHex is not null,
        UserProperties = [.. (UserProperties ?? []).Select(property => new UserProperty(property?.Name ?? "", property?.Value ?? ""))],
    };

    /// <summary>What is wrong beyond the rules of a draft.</summary>
    public IEnumerable<string> OwnErrors()
    {
        if (Qos is < 0 or > 2)
        {
            yield return Texts.Publish_ApiQos.With(Qos);
        }

        if (new[] { Payload, PayloadBase64, PayloadHex }.Count(way => way is not null) > 1)
        {
            yield return Texts.Publish_ApiOnePayload;
        }

        if (CorrelationData is not null && CorrelationDataHex is not null)
        {
            yield return Texts.Publish_ApiOneCorrelation;
        }
    }
}

internal sealed record PublishProperty(string Name, string Value);
