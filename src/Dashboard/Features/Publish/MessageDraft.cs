using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Dashboard.Broker;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;
using Dashboard.Shared;

namespace Dashboard.Features.Publish;

/// <summary>A message as a person writes it, and what is wrong with it: every error says the cause and what to do.</summary>
public sealed record MessageDraft
{
    private const int MaxBeginning = 200;

    public string Topic { get; set; } = "";

    public string Payload { get; set; } = "";

    public PayloadNotation Notation { get; set; }

    public QualityOfService QoS { get; set; }

    public bool Retain { get; set; }

    public string ContentType { get; set; } = "";

    public string ResponseTopic { get; set; } = "";

    public string CorrelationData { get; set; } = "";

    /// <summary>Whether the correlation data is written in hex instead of as text.</summary>
    public bool CorrelationIsHex { get; set; }

    /// <summary>Seconds; empty for none.</summary>
    public string Expiry { get; set; } = "";

    public bool PayloadFormatIsUtf8 { get; set; }

    public List<UserProperty> UserProperties { get; init; } = [];

    /// <summary>The payload when <see cref="Notation"/> is <see cref="PayloadNotation.File"/>.</summary>
    public DraftFile? File { get; set; }

    public PayloadText PayloadText => Notation == PayloadNotation.File
        ? File is null ? new PayloadText(null, Texts.Publish_ChooseFile) : new PayloadText(File.Bytes)
        : PayloadText.Read(Payload, Notation);

    /// <summary>Whether a file that it was read from said null where a text belongs.</summary>
    public bool HasNulls => UserProperties is null || new[] { Topic, Payload, ContentType, ResponseTopic, CorrelationData, Expiry }
        .Concat(UserProperties.SelectMany(property => new[] { property.Name, property.Value })).Any(text => text is null)
        || File is { Name: null } or { Bytes: null };

    /// <summary>Characters and bytes that it takes to keep it.</summary>
    public int Size => Topic.Length + Payload.Length + (File?.Bytes.Length ?? 0) + ContentType.Length + ResponseTopic.Length + CorrelationData.Length
        + UserProperties.Sum(property => property.Name.Length + property.Value.Length);

    /// <summary>For a list.</summary>
    public string PayloadBeginning => Notation == PayloadNotation.File
        ? File?.Name ?? Texts.Publish_AsFile
        : Payload.Length == 0 ? Texts.Publish_EmptyPayload : Payload.Length > MaxBeginning ? Payload[..MaxBeginning] : Payload;

    public string? TopicError => ErrorOf(Topic, isResponse: false);

    public string? ResponseTopicError => ResponseTopic.Length == 0 ? null : ErrorOf(ResponseTopic, isResponse: true);

    public string? CorrelationError => CorrelationIsHex ? PayloadText.Read(CorrelationData, PayloadNotation.Hex).Error : null;

    public string? ExpiryError => Expiry.Length == 0 || Seconds is not null
        ? null
        : Texts.Publish_BadExpiry.With(Expiry);

    public string? PayloadFormatError => PayloadFormatIsUtf8 && PayloadText.Bytes is { } bytes && !Utf8.IsValid(bytes)
        ? Texts.Publish_NotUtf8
        : null;

    public string? PropertyError => new[] { ContentType, CorrelationData }.Concat(UserProperties.SelectMany(property => new[] { property.Name, property.Value }))
        .Any(text => text.Contains('\0') || Encoding.UTF8.GetByteCount(text) > ushort.MaxValue)
        ? Texts.Publish_BadProperty
        : null;

    public bool HasErrors => TopicError is not null || PayloadText.Error is not null || HasPropertyErrors;

    public bool HasPropertyErrors => FirstPropertyError is not null;

    public string? FirstPropertyError => ResponseTopicError ?? ExpiryError ?? CorrelationError ?? PayloadFormatError ?? PropertyError;

    /// <summary>All that keeps it from being sent.</summary>
    public IReadOnlyList<string> Errors => [.. new[] { TopicError, PayloadText.Error, ResponseTopicError, ExpiryError, CorrelationError, PayloadFormatError, PropertyError }.OfType<string>()];

    /// <summary>Null when there is none.</summary>
    public byte[]? CorrelationBytes => CorrelationData.Length == 0 ? null : PayloadText.Read(CorrelationData, CorrelationIsHex ? PayloadNotation.Hex : PayloadNotation.Text).Bytes;

    /// <summary>MQTT 5 properties that are set.</summary>
    public int PropertyCount =>
        (ContentType.Length > 0 ? 1 : 0) + (ResponseTopic.Length > 0 ? 1 : 0) + (CorrelationData.Length > 0 ? 1 : 0)
        + (Expiry.Length > 0 ? 1 : 0) + (PayloadFormatIsUtf8 ? 1 : 0) + NamedProperties().Count;

    /// <summary>The message expiry; null when there is none or it cannot be read.</summary>
    public uint? Seconds => uint.TryParse(Expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : null;

    /// <summary>A copy that keeps what it says when this one is changed.</summary>
    public MessageDraft Copy() => this with { UserProperties = [.. UserProperties] };

    /// <summary>Only without errors.</summary>
    public PublishRequest ToRequest() => new(Topic, PayloadText.Bytes, QoS, Retain, PropertyCount == 0 ? null : Properties());

    /// <summary>User properties without the rows that were left empty.</summary>
    public List<UserProperty> NamedProperties() => [.. UserProperties.Where(property => property.Name.Length > 0 || property.Value.Length > 0)];

    private Properties Properties()
    {
        var named = NamedProperties();
        return new Properties
        {
            ContentType = ContentType.Length > 0 ? ContentType : null,
            ResponseTopic = ResponseTopic.Length > 0 ? ResponseTopic : null,
            CorrelationData = CorrelationBytes,
            MessageExpiryInterval = Seconds,
            PayloadFormatIsUtf8 = PayloadFormatIsUtf8 ? true : null,
            UserProperties = named.Count > 0 ? named : null,
        };
    }

    private static string? ErrorOf(string topic, bool isResponse)
    {
        if (TopicName.IsValid(topic))
        {
            return !isResponse && MqttBroker.IsOwnTopic(topic) ? Texts.Publish_TopicOfBroker : null;
        }

        var what = isResponse ? Texts.Publish_TheResponseTopic : Texts.Publish_TheTopic;
        var wildcard = topic.IndexOfAny(['+', '#']);
        if (topic.Length == 0)
        {
            return Texts.Publish_TopicEmpty.With(what);
        }

        return wildcard >= 0 ? Texts.Publish_TopicWildcard.With(what, topic[wildcard]) : Texts.Publish_TopicBad.With(what);
    }
}

/// <summary>A file that was chosen as payload.</summary>
public sealed record DraftFile(string Name, byte[] Bytes);
