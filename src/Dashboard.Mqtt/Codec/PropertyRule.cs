using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>How a property's value stands on the wire (MQTT 5.0, section 1.5).</summary>
internal enum PropertyType : byte
{
    Unknown,
    Byte,
    UInt16,
    UInt32,
    VariableByteInteger,
    Binary,
    String,
    StringPair,
}

/// <summary>MQTT 5.0, table 2-4: the type of a property and the packets that may carry it.</summary>
internal readonly struct PropertyRule
{
    /// <summary>A will's properties stand inside CONNECT but follow their own rules.</summary>
    public const PacketType Will = PacketType.Reserved;

    private static readonly PropertyRule[] Table = BuildTable();

    private readonly ushort _packets;   // bit n: the packet type with number n

    private PropertyRule(PropertyType type, PacketType[] packets)
    {
        Type = type;
        foreach (var packet in packets)
        {
            _packets |= (ushort)(1 << (int)packet);
        }
    }

    public PropertyType Type { get; }

    public bool Allows(PacketType packet) => (_packets >> (int)packet & 1) != 0;

    /// <summary>The rule of a property; of type <see cref="PropertyType.Unknown"/> when the standard has no such property.</summary>
    public static PropertyRule Of(PropertyId id) => (int)id < Table.Length ? Table[(int)id] : default;

    private static PropertyRule[] BuildTable()
    {
        var table = new PropertyRule[(int)PropertyId.SharedSubscriptionAvailable + 1];
        Set(PropertyId.PayloadFormatIndicator, PropertyType.Byte, PacketType.Publish, Will);
        Set(PropertyId.MessageExpiryInterval, PropertyType.UInt32, PacketType.Publish, Will);
        Set(PropertyId.ContentType, PropertyType.String, PacketType.Publish, Will);
        Set(PropertyId.ResponseTopic, PropertyType.String, PacketType.Publish, Will);
        Set(PropertyId.CorrelationData, PropertyType.Binary, PacketType.Publish, Will);
        Set(PropertyId.SubscriptionIdentifier, PropertyType.VariableByteInteger, PacketType.Publish, PacketType.Subscribe);
        Set(PropertyId.SessionExpiryInterval, PropertyType.UInt32, PacketType.Connect, PacketType.ConnAck, PacketType.Disconnect);
        Set(PropertyId.AssignedClientIdentifier, PropertyType.String, PacketType.ConnAck);
        Set(PropertyId.ServerKeepAlive, PropertyType.UInt16, PacketType.ConnAck);
        Set(PropertyId.AuthenticationMethod, PropertyType.String, PacketType.Connect, PacketType.ConnAck, PacketType.Auth);
        Set(PropertyId.AuthenticationData, PropertyType.Binary, PacketType.Connect, PacketType.ConnAck, PacketType.Auth);
        Set(PropertyId.RequestProblemInformation, PropertyType.Byte, PacketType.Connect);
        Set(PropertyId.WillDelayInterval, PropertyType.UInt32, Will);
        Set(PropertyId.RequestResponseInformation, PropertyType.Byte, PacketType.Connect);
        Set(PropertyId.ResponseInformation, PropertyType.String, PacketType.ConnAck);
        Set(PropertyId.ServerReference, PropertyType.String, PacketType.ConnAck, PacketType.Disconnect);
        Set(
            PropertyId.ReasonString,
            PropertyType.String,
            PacketType.ConnAck,
            PacketType.PubAck,
            PacketType.PubRec,
            PacketType.PubRel,
            PacketType.PubComp,
            PacketType.SubAck,
            PacketType.UnsubAck,
            PacketType.Disconnect,
            PacketType.Auth);
        Set(PropertyId.ReceiveMaximum, PropertyType.UInt16, PacketType.Connect, PacketType.ConnAck);
        Set(PropertyId.TopicAliasMaximum, PropertyType.UInt16, PacketType.Connect, PacketType.ConnAck);
        Set(PropertyId.TopicAlias, PropertyType.UInt16, PacketType.Publish);
        Set(PropertyId.MaximumQoS, PropertyType.Byte, PacketType.ConnAck);
        Set(PropertyId.RetainAvailable, PropertyType.Byte, PacketType.ConnAck);
        Set(PropertyId.UserProperty, PropertyType.StringPair, Enum.GetValues<PacketType>());
        Set(PropertyId.MaximumPacketSize, PropertyType.UInt32, PacketType.Connect, PacketType.ConnAck);
        Set(PropertyId.WildcardSubscriptionAvailable, PropertyType.Byte, PacketType.ConnAck);
        Set(PropertyId.SubscriptionIdentifierAvailable, PropertyType.Byte, PacketType.ConnAck);
        Set(PropertyId.SharedSubscriptionAvailable, PropertyType.Byte, PacketType.ConnAck);
        return table;

        void Set(PropertyId id, PropertyType type, params PacketType[] packets) => table[(int)id] = new PropertyRule(type, packets);
    }
}
