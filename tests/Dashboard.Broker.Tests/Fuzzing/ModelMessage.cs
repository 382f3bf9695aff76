using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>A message as it was published.</summary>
/// <param name="Number">Its payload; 0 is an empty one.</param>
/// <param name="ExpiresAt">Unix milliseconds.</param>
internal sealed record ModelPublish(int Number, string Topic, QualityOfService QoS, bool Retain, long ExpiresAt);

/// <summary>What is published for a client that goes without a goodbye.</summary>
/// <param name="Delay">Seconds.</param>
internal sealed record ModelWill(ModelPublish Message, uint Delay);

/// <summary>A packet that a client has to receive next. A message that is sent for the first time has an identifier that the broker chooses.</summary>
internal sealed record ExpectedPacket(PacketType Type, ModelMessage Message, bool IsDup = false);

/// <summary>One message on its way to one session.</summary>
internal sealed class ModelMessage(ModelPublish published, QualityOfService qos, bool retain, uint[] ids, bool isShared)
{
    public ModelPublish Published { get; } = published;

    public QualityOfService QoS { get; } = qos;

    public bool Retain { get; } = retain;

    /// <summary>The subscription identifiers, in no particular order.</summary>
    public uint[] Ids { get; } = ids;

    /// <summary>Whether it came through the shared subscription.</summary>
    public bool IsShared { get; } = isShared;

    /// <summary>0 until it was sent.</summary>
    public ushort PacketId { get; set; }

    /// <summary>PUBREC has come: only PUBREL is sent from now on.</summary>
    public bool IsReleased { get; set; }

    /// <summary>Has to be sent again on this connection, once there is room in its receive maximum.</summary>
    public bool IsUnsent { get; set; }
}
