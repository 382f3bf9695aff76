namespace Dashboard.Broker.Monitoring;

/// <summary>What is known of one topic.</summary>
/// <param name="Messages">Messages since it was first seen.</param>
/// <param name="Bytes">Bytes of their payloads.</param>
/// <param name="NotCaptured">Messages that came faster than <see cref="MonitoringOptions.HistoryRatePerTopic"/>, and did not enter the history.</param>
/// <param name="NotHeld">Messages that did not enter it since the bytes of all topics were spent, <see cref="MonitoringOptions.MaxBytes"/>.</param>
public sealed record TopicInfo(string Name, long Messages, long Bytes, long NotCaptured, long NotHeld, MessageRecord Last);
