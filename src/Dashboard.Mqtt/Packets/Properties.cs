namespace Dashboard.Mqtt.Packets;

/// <summary>One name and value pair; names may repeat and the order is kept [MQTT-3.3.2-18].</summary>
public readonly record struct UserProperty(string Name, string Value);

/// <summary>
/// The properties of an MQTT 5.0 packet (section 2.2.2), each null when absent. Which of them a packet may carry is
/// checked by the codec, so one type serves all packets.
/// </summary>
public sealed class Properties
{
    public bool? PayloadFormatIsUtf8 { get; set; }

    /// <summary>Seconds.</summary>
    public uint? MessageExpiryInterval { get; set; }

    public string? ContentType { get; set; }

    public string? ResponseTopic { get; set; }

    public byte[]? CorrelationData { get; set; }

    /// <summary>1 to 268,435,455 each; a PUBLISH from the server may carry several.</summary>
    public List<uint>? SubscriptionIdentifiers { get; set; }

    /// <summary>Seconds; 0xFFFFFFFF means that the session does not expire.</summary>
    public uint? SessionExpiryInterval { get; set; }

    public string? AssignedClientIdentifier { get; set; }

    /// <summary>Seconds.</summary>
    public ushort? ServerKeepAlive { get; set; }

    public string? AuthenticationMethod { get; set; }

    public byte[]? AuthenticationData { get; set; }

    public bool? RequestProblemInformation { get; set; }

    /// <summary>Seconds.</summary>
    public uint? WillDelayInterval { get; set; }

    public bool? RequestResponseInformation { get; set; }

    public string? ResponseInformation { get; set; }

    public string? ServerReference { get; set; }

    public string? ReasonString { get; set; }

    public ushort? ReceiveMaximum { get; set; }

    public ushort? TopicAliasMaximum { get; set; }

    public ushort? TopicAlias { get; set; }

    public QualityOfService? MaximumQoS { get; set; }

    public bool? RetainAvailable { get; set; }

    public List<UserProperty>? UserProperties { get; set; }

    /// <summary>Bytes.</summary>
    public uint? MaximumPacketSize { get; set; }

    public bool? WildcardSubscriptionAvailable { get; set; }

    public bool? SubscriptionIdentifiersAvailable { get; set; }

    public bool? SharedSubscriptionAvailable { get; set; }
}
