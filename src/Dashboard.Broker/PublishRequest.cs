using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

/// <summary>A message that the server itself publishes, for a person at the dashboard or for a program inside.</summary>
public sealed record PublishRequest(
    string Topic,
    ReadOnlyMemory<byte> Payload,
    QualityOfService QoS = QualityOfService.AtMostOnce,
    bool Retain = false,
    Properties? Properties = null);

/// <summary>What became of a <see cref="PublishRequest"/>.</summary>
/// <param name="Reason"><see cref="ReasonCode.Success"/>, <see cref="ReasonCode.NoMatchingSubscribers"/>, or why it was refused.</param>
/// <param name="Message">The reason in words when it was refused; else empty.</param>
/// <param name="Sent">Sessions it was handed to.</param>
/// <param name="Queued">Sessions it waits for.</param>
/// <param name="Dropped">Sessions it was lost for, to a limit.</param>
/// <param name="Skipped">Matching sessions that are offline at QoS 0 or cannot take its size.</param>
public sealed record PublishReport(ReasonCode Reason, string Message, int Sent, int Queued, int Dropped, int Skipped)
{
    /// <summary>The number under which its journey was recorded; 0 when it was not.</summary>
    public long Journey { get; init; }
}
