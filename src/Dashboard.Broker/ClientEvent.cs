using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

public enum ClientEventKind
{
    Connected,

    /// <summary>The client said goodbye, or the network did.</summary>
    Disconnected,

    /// <summary>The broker closed the connection because of what the client did.</summary>
    Closed,

    /// <summary>A connection that never became a client.</summary>
    Refused,

    /// <summary>Another connection uses the client id now.</summary>
    TakenOver,

    SessionEnded,

    WillPublished,

    PublishRefused,

    SubscribeRefused,

    /// <summary>A packet was larger than the client takes, and was not sent.</summary>
    PacketWithheld,

    /// <summary>An operator changed something about it.</summary>
    Administered,
}

/// <summary>One line of a client's story.</summary>
/// <param name="ClientId">Null when the connection was refused before it gave one.</param>
/// <param name="Address">Address and port of the other end; null for what happens to a session without a connection.</param>
/// <param name="Text">What happened, and why.</param>
public sealed record ClientEvent(
    DateTimeOffset Time,
    ClientEventKind Kind,
    string? ClientId,
    string? Address,
    ReasonCode Reason,
    EventText Text)
{
    /// <summary>The same in English, as it stands in the log.</summary>
    public string Message => Text.English;

    /// <summary>Whether it stands for many clients, of which one event each would have pushed everything else out; it has no client id then.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>How often it happened, when the same refusal came again and again; <see cref="Time"/> and the rest are those of the last one.</summary>
    public int Times { get; init; } = 1;

    internal const int OpeningBytes = 16;

    /// <summary>The first bytes that came of a connection that was refused, at most 16: enough to see what it speaks, too few for a password.</summary>
    public ReadOnlyMemory<byte> Opening { get; init; }

    /// <summary>When it happened first.</summary>
    public DateTimeOffset First { get; init; } = Time;

    /// <summary>The address without the port, which is another one with each connection.</summary>
    public string? Host => !IsCrowd && Address is not null && Address.LastIndexOf(':') is > 0 and var port ? Address[..port] : Address;
}
