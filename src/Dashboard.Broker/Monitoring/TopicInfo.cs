namespace Dashboard.Broker.Monitoring;

/// <summary>What is known of one topic.</summary>
/// <param name="Messages">Messages since it was first seen.</param>
/// <param name="Bytes">Bytes of their payloads.</param>
/// <param name="NotCaptured">Messages that came too fast to enter the history.</param>
public sealed record TopicInfo(string Name, long Messages, long Bytes, long NotCaptured, MessageRecord Last);
