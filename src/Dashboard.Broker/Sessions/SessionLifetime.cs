using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>How long a session stays and what is said when its client goes. Guarded by the lock of <see cref="SessionRegistry"/>.</summary>
internal sealed class SessionLifetime
{
    /// <summary>Seconds; this value means that the session does not expire.</summary>
    public const uint Forever = uint.MaxValue;

    /// <summary>Unix milliseconds that are never reached.</summary>
    public const long Never = long.MaxValue;

    /// <summary>Seconds that the session outlives its connection; 0 ends it with the connection.</summary>
    public uint ExpiryInterval { get; set; }

    public WillMessage? Will { get; set; }

    /// <summary>Unix milliseconds when the will of a client that has gone is published.</summary>
    public long WillDueAt { get; set; } = Never;

    /// <summary>Unix milliseconds when the session ends.</summary>
    public long ExpiresAt { get; set; } = Never;

    public bool HasEnded { get; set; }

    /// <summary>What the last CONNECT said, for whoever watches.</summary>
    public ConnectPacket? LastConnect { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public long LastConnectedAt { get; set; }

    /// <summary>Unix milliseconds; null while connected.</summary>
    public long? DisconnectedAt { get; set; }

    /// <summary>The next moment at which something is due, or <see cref="Never"/>.</summary>
    public long NextDue => Math.Min(WillDueAt, ExpiresAt);
}
