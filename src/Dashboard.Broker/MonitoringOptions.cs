using System.ComponentModel.DataAnnotations;

namespace Dashboard.Broker;

/// <summary>The bounds of what is kept for the pages, section <c>Broker:Monitoring</c>.</summary>
public sealed class MonitoringOptions
{
    /// <summary>Messages kept for each topic. 0 to 1,000.</summary>
    public int HistoryPerTopic { get; set; } = 20;

    /// <summary>Messages a second that enter the history of one topic; the rest are counted. 1 to 1,000.</summary>
    public int HistoryRatePerTopic { get; set; } = 50;

    /// <summary>Bytes of one payload that are kept for the pages; the size is always the true one. 64 to 16,777,216.</summary>
    public int MaxPayloadBytes { get; set; } = 64 * 1024;

    /// <summary>Bytes of all payloads that are kept for the pages. At least 1,048,576.</summary>
    public long MaxBytes { get; set; } = 128L * 1024 * 1024;

    /// <summary>Messages that one open Messages page holds. 100 to 100,000.</summary>
    public int StreamLength { get; set; } = 2_000;

    /// <summary>Messages a second that one open Messages page captures; the rest are counted. 10 to 100,000.</summary>
    public int StreamRate { get; set; } = 1_000;

    /// <summary>Bytes of payloads that one open Messages page holds; its oldest messages go first. At least 65,536.</summary>
    public long StreamBytes { get; set; } = 8L * 1024 * 1024;

    /// <summary>Journeys kept of messages on the topics that open pages watch; 0 records none. 0 to 100,000.</summary>
    public int Journeys { get; set; } = 2_000;

    /// <summary>Journeys a second that are recorded. 1 to 10,000.</summary>
    public int JourneyRate { get; set; } = 200;

    /// <summary>Receivers that one journey tells of; the rest are a number. 1 to 10,000.</summary>
    public int JourneyReceivers { get; set; } = 100;

    /// <summary>Bytes that the kept journeys hold; the oldest go first. At least 65,536.</summary>
    public long JourneyBytes { get; set; } = 8L * 1024 * 1024;

    /// <summary>Client events kept: connected, disconnected, refused. 10 to 1,000,000.</summary>
    public int ClientEvents { get; set; } = 2_000;

    /// <summary>Clients whose packets are captured at one time. 1 to 1,000.</summary>
    public int TraceClients { get; set; } = 20;

    /// <summary>Packets of one client that are held. 100 to 100,000.</summary>
    public int TraceLength { get; set; } = 2_000;

    /// <summary>Bytes of them; the oldest go first. At least 65,536.</summary>
    public long TraceBytes { get; set; } = 4L * 1024 * 1024;

    /// <summary>Bytes of one packet that are held. 64 to 65,536.</summary>
    public int TracePacketBytes { get; set; } = 4_096;

    /// <summary>Packets a second of one client that are captured; the rest are counted. 10 to 100,000.</summary>
    public int TraceRate { get; set; } = 1_000;

    /// <summary>The longest time, in minutes, that packets are captured while nobody looks. 1 to 1,440.</summary>
    public int TraceMinutes { get; set; } = 60;

    internal IEnumerable<ValidationResult> Check()
    {
        if (OutOf(HistoryPerTopic, 0, 1_000, nameof(HistoryPerTopic)) is { } history)
        {
            yield return history;
        }

        if (OutOf(HistoryRatePerTopic, 1, 1_000, nameof(HistoryRatePerTopic)) is { } rate)
        {
            yield return rate;
        }

        if (OutOf(MaxPayloadBytes, 64, 16 * 1024 * 1024, nameof(MaxPayloadBytes)) is { } payload)
        {
            yield return payload;
        }

        if (OutOf(MaxBytes, 1024 * 1024, long.MaxValue, nameof(MaxBytes)) is { } bytes)
        {
            yield return bytes;
        }

        if (OutOf(StreamLength, 100, 100_000, nameof(StreamLength)) is { } length)
        {
            yield return length;
        }

        if (OutOf(StreamRate, 10, 100_000, nameof(StreamRate)) is { } streamRate)
        {
            yield return streamRate;
        }

        if (OutOf(StreamBytes, 64 * 1024, long.MaxValue, nameof(StreamBytes)) is { } streamBytes)
        {
            yield return streamBytes;
        }

        foreach (var trace in CheckTraces())
        {
            yield return trace;
        }

        if (OutOf(Journeys, 0, 100_000, nameof(Journeys)) is { } journeys)
        {
            yield return journeys;
        }

        if (OutOf(JourneyRate, 1, 10_000, nameof(JourneyRate)) is { } journeyRate)
        {
            yield return journeyRate;
        }

        if (OutOf(JourneyReceivers, 1, 10_000, nameof(JourneyReceivers)) is { } receivers)
        {
            yield return receivers;
        }

        if (OutOf(JourneyBytes, 64 * 1024, long.MaxValue, nameof(JourneyBytes)) is { } journeyBytes)
        {
            yield return journeyBytes;
        }

        if (OutOf(ClientEvents, 10, 1_000_000, nameof(ClientEvents)) is { } events)
        {
            yield return events;
        }
    }

    private IEnumerable<ValidationResult> CheckTraces() =>
        ((ValidationResult?[])
        [
            OutOf(TraceClients, 1, 1_000, nameof(TraceClients)),
            OutOf(TraceLength, 100, 100_000, nameof(TraceLength)),
            OutOf(TraceBytes, 64 * 1024, long.MaxValue, nameof(TraceBytes)),
            OutOf(TracePacketBytes, 64, 64 * 1024, nameof(TracePacketBytes)),
            OutOf(TraceRate, 10, 100_000, nameof(TraceRate)),
            OutOf(TraceMinutes, 1, 1_440, nameof(TraceMinutes)),
        ]).OfType<ValidationResult>();

    private static ValidationResult? OutOf(long value, long low, long high, string name) =>
        value >= low && value <= high
            ? null
            : new ValidationResult($"Monitoring:{name} is {value}; it must be between {low:N0} and {high:N0}.", [$"{nameof(BrokerOptions.Monitoring)}:{name}"]);
}
