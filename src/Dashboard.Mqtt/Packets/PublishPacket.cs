namespace Dashboard.Mqtt.Packets;

/// <summary>PUBLISH (section 3.3) with its own copies of everything. The hot path uses <c>Codec.PublishView</c> instead.</summary>
public sealed record PublishPacket
{
    public string Topic { get; init; } = "";

    public byte[] Payload { get; init; } = [];

    public QualityOfService QoS { get; init; }

    public bool Retain { get; init; }

    /// <summary>True when this is a second attempt to deliver the packet.</summary>
    public bool Dup { get; init; }

    /// <summary>1 to 65,535; 0 at QoS 0.</summary>
    public ushort PacketId { get; init; }

    public Properties? Properties { get; init; }
}

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP (sections 3.4 to 3.7).</summary>
public sealed record AckPacket(PacketType Type, ushort PacketId, ReasonCode Reason = ReasonCode.Success, Properties? Properties = null);
