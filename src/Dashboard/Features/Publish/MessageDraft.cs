using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Dashboard.Broker;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Features.Publish;

/// <summary>A message as a person writes it, and what is wrong with it: every error says the cause and what to do.</summary>
public sealed record MessageDraft
{
    public string Topic { get; set; } = "";

    public string Payload { get; set; } = "";

    public PayloadNotation Notation { get; set; }

    public QualityOfService QoS { get; set; }

    public bool Retain { get; set; }

    public string ContentType { get; set; } = "";

    public string ResponseTopic { get; set; } = "";

    public string CorrelationData { get; set; } = "";

    /// <summary>Seconds; empty for none.</summary>
    public string Expiry { get; set; } = "";

    public bool PayloadFormatIsUtf8 { get; set; }

    public List<UserProperty> UserProperties { get; init; } = [];

    public PayloadText PayloadText => PayloadText.Read(Payload, Notation);

    public string? TopicError => ErrorOf(Topic, "topic");

    public string? ResponseTopicError => ResponseTopic.Length == 0 ? null : ErrorOf(ResponseTopic, "response topic");

    public string? ExpiryError => Expiry.Length == 0 || Seconds is not null
        ? null
        : $"“{Expiry}” is not a number of seconds; write a whole number from 1 to 4294967295, or nothing.";

    public string? PayloadFormatError => PayloadFormatIsUtf8 && PayloadText.Bytes is { } bytes && !Utf8.IsValid(bytes)
        ? "The payload is not UTF-8 text; untick this, or change the payload."
        : null;

    public string? PropertyError => new[] { ContentType, CorrelationData }.Concat(UserProperties.SelectMany(property => new[] { property.Name, property.Value }))
        .Any(text => text.Contains('\0') || Encoding.UTF8.GetByteCount(text) > ushort.MaxValue)
        ? "A property contains the character U+0000 or is longer than 65,535 bytes; shorten it."
        : null;

    public bool HasErrors => TopicError is not null || PayloadText.Error is not null || HasPropertyErrors;

    public bool HasPropertyErrors => ResponseTopicError is not null || ExpiryError is not null || PayloadFormatError is not null || PropertyError is not null;

    /// <summary>MQTT 5 properties that are set.</summary>
    public int PropertyCount =>
        (ContentType.Length > 0 ? 1 : 0) + (ResponseTopic.Length > 0 ? 1 : 0) + (CorrelationData.Length > 0 ? 1 : 0)
        + (Expiry.Length > 0 ? 1 : 0) + (PayloadFormatIsUtf8 ? 1 : 0) + NamedProperties().Count;

    private uint? Seconds => uint.TryParse(Expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : null;

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
            CorrelationData = CorrelationData.Length > 0 ? Encoding.UTF8.GetBytes(CorrelationData) : null,
            MessageExpiryInterval = Seconds,
            PayloadFormatIsUtf8 = PayloadFormatIsUtf8 ? true : null,
            UserProperties = named.Count > 0 ? named : null,
        };
    }

    private static string? ErrorOf(string topic, string what)
    {
        if (TopicName.IsValid(topic))
        {
            return null;
        }

        var wildcard = topic.IndexOfAny(['+', '#']);
        if (topic.Length == 0)
        {
            return $"The {what} is empty; write a name such as house/kitchen/light.";
        }

        return wildcard >= 0
            ? $"The {what} contains {topic[wildcard]}, a wildcard that is only for subscribing; write a name in its place."
            : $"The {what} contains U+0000 or half a character, or is longer than 65,535 bytes; write it anew.";
    }
}
