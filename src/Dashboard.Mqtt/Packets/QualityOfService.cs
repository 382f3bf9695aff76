namespace Dashboard.Mqtt.Packets;

/// <summary>How often a message arrives at the other end of one connection.</summary>
public enum QualityOfService : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
