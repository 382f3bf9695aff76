using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

/// <summary>A message of the retained store, copied for whoever looks at it.</summary>
/// <param name="Payload">As much of it as was asked for.</param>
/// <param name="PayloadSize">Bytes of the whole payload.</param>
/// <param name="Publisher">Client id; null when the server itself published it.</param>
/// <param name="ExpiresAt">Null when it does not expire.</param>
/// <param name="Replays">How often it was sent to a new subscriber since it was stored or the broker started.</param>
public sealed record RetainedMessage(
    string Topic,
    byte[] Payload,
    int PayloadSize,
    QualityOfService QoS,
    string? Publisher,
    DateTimeOffset StoredAt,
    DateTimeOffset? ExpiresAt,
    Properties? Properties,
    int Replays = 0);
