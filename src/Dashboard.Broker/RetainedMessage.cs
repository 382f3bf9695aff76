using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

/// <summary>A message of the retained store, copied for whoever looks at it.</summary>
/// <param name="Payload">At most <see cref="MonitoringOptions.MaxPayloadBytes"/> of it, unless all was asked for.</param>
/// <param name="PayloadSize">Bytes of the whole payload.</param>
/// <param name="Publisher">Client id; null when the server itself published it.</param>
/// <param name="ExpiresAt">Null when it does not expire.</param>
public sealed record RetainedMessage(
    string Topic,
    byte[] Payload,
    int PayloadSize,
    QualityOfService QoS,
    string? Publisher,
    DateTimeOffset StoredAt,
    DateTimeOffset? ExpiresAt,
    Properties? Properties);
