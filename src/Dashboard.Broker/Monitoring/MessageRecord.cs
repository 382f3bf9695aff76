using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>A message as it was seen going by, copied for whoever looks at it.</summary>
/// <param name="Sequence">Grows from message to message; the address of a row.</param>
/// <param name="Payload">At most <see cref="MonitoringOptions.MaxPayloadBytes"/> of it.</param>
/// <param name="PayloadSize">Bytes of the whole payload.</param>
/// <param name="Retain">The retain flag as published.</param>
/// <param name="Publisher">Client id; null when the server itself published.</param>
/// <param name="Sent">Sessions it was handed to.</param>
/// <param name="Queued">Sessions it waits for.</param>
/// <param name="Dropped">Sessions it was lost for.</param>
public sealed record MessageRecord(
    long Sequence,
    DateTimeOffset Time,
    string Topic,
    byte[] Payload,
    int PayloadSize,
    QualityOfService QoS,
    bool Retain,
    string? Publisher,
    Properties? Properties,
    int Sent,
    int Queued,
    int Dropped)
{
    /// <summary>Why the broker refused it, and it went to nobody; null for all others.</summary>
    public MessageRefusal? Refusal { get; init; }
}
