using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Dashboard.Broker;

/// <summary>What happens when the queue of a session is full.</summary>
public enum QueueDropPolicy
{
    /// <summary>The message that waited longest makes room.</summary>
    Oldest,

    /// <summary>The message that just came is not queued.</summary>
    Newest,
}

/// <summary>What happens to a client that publishes faster than it may.</summary>
public enum PublishRatePolicy
{
    /// <summary>Nothing more is read from it until it may again, so the client is slowed and loses nothing.</summary>
    Pause,

    /// <summary>It is disconnected with 0x96 (message rate too high).</summary>
    Disconnect,
}

/// <summary>What happens to a client before MQTT 5.0, to which no reason can be told, when the access rules refuse its message.</summary>
public enum RefusedPublishPolicy
{
    /// <summary>The message is acknowledged as its QoS asks for, and goes nowhere.</summary>
    Acknowledge,

    /// <summary>The connection is closed; at QoS 1 and 2 the message stays with the client.</summary>
    Disconnect,
}

/// <summary>Where retained messages and sessions are kept.</summary>
public enum StorageKind
{
    /// <summary>In one file in the data directory; what was acknowledged survives a crash.</summary>
    Sqlite,

    /// <summary>In memory; everything ends with the program.</summary>
    Memory,
}

/// <summary>
/// The settings of the broker, section <c>Broker</c> of the configuration. Every limit has a default that suits a
/// workshop of a hundred people as well as a small deployment.
/// </summary>
public sealed class BrokerOptions : IValidatableObject
{
    public const string Section = "Broker";

    /// <summary>The address that all listeners bind to. The default lets nobody in from the network; 0.0.0.0 opens it.</summary>
    public string BindAddress { get; set; } = "127.0.0.1";

    /// <summary>MQTT over TCP. 0 turns the listener off.</summary>
    [Range(0, 65_535)]
    public int TcpPort { get; set; } = 1883;

    /// <summary>MQTT over WebSocket at any path. 0 turns the listener off.</summary>
    [Range(0, 65_535)]
    public int WebSocketPort { get; set; } = 9001;

    /// <summary>Threads that serve the connections over plain TCP (Linux). 1 to 64; the default is half of the processors.</summary>
    [Range(1, 64)]
    public int SocketThreads { get; set; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 64);

    /// <summary>Where everything that survives a restart is kept; relative to the application's folder.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>Whether retained messages and sessions survive a restart.</summary>
    public StorageKind Storage { get; set; } = StorageKind.Sqlite;

    /// <summary>How long a new connection may take to send its CONNECT. 1 s to 5 min.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Open network connections. One more is refused with 0x97 (quota exceeded).</summary>
    [Range(1, 1_000_000)]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>Open network connections of one address. One more is refused with 0x97 (before MQTT 5.0: code 3). 0 turns it off.</summary>
    [Range(0, 1_000_000)]
    public int MaxConnectionsPerAddress { get; set; } = 15_000;

    /// <summary>Client ids, user names, addresses and networks that are banned on the dashboard.</summary>
    [Range(0, 100_000)]
    public int MaxBans { get; set; } = 1_000;

    /// <summary>Bytes that the process may hold. Above it QoS 0 for slow subscribers is shed; a tenth above it new connections are refused with 0x89. 0 turns it off.</summary>
    [Range(0, long.MaxValue)]
    public long MaxMemory { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>Messages that one client may publish in a second. 0 turns it off.</summary>
    [Range(0, 10_000_000)]
    public int MaxPublishRate { get; set; }

    /// <summary>Messages that one client may publish at once after it was silent, when there is a <see cref="MaxPublishRate"/>.</summary>
    [Range(1, 10_000_000)]
    public int PublishBurst { get; set; } = 100;

    /// <summary>What happens to a client above <see cref="MaxPublishRate"/>.</summary>
    public PublishRatePolicy PublishRatePolicy { get; set; } = PublishRatePolicy.Pause;

    /// <summary>Sessions, connected or kept. A new client id above it is refused with 0x97.</summary>
    [Range(1, 10_000_000)]
    public int MaxSessions { get; set; } = 100_000;

    /// <summary>Bytes of the largest packet accepted from a client, fixed header included.</summary>
    [Range(1_024, 268_435_460)]
    public int MaxPacketSize { get; set; } = 16 * 1024 * 1024;

    /// <summary>Bytes of the largest CONNECT; until then nobody is known, so it is small.</summary>
    [Range(256, 268_435_460)]
    public int MaxConnectPacketSize { get; set; } = 64 * 1024;

    /// <summary>QoS 1 and 2 messages on the way to one client that it has not acknowledged. MQTT 5 clients may ask for less.</summary>
    [Range(1, 65_535)]
    public int MaxInflight { get; set; } = 2_048;

    /// <summary>QoS 2 messages from one client that are not released yet (the server's receive maximum).</summary>
    [Range(1, 65_535)]
    public int ReceiveMaximum { get; set; } = 65_535;

    /// <summary>Topic aliases that one MQTT 5 client may use towards the broker. 0 turns them off.</summary>
    [Range(0, 65_535)]
    public int TopicAliasMaximum { get; set; } = 1_000;

    /// <summary>Topic aliases that the broker uses towards one MQTT 5 client, at most as many as the client allows. 0 turns them off.</summary>
    [Range(0, 65_535)]
    public int OutgoingTopicAliases { get; set; } = 100;

    /// <summary>QoS 1 and 2 messages that wait for one session.</summary>
    [Range(1, 10_000_000)]
    public int MaxQueuedMessages { get; set; } = 10_000;

    /// <summary>Bytes of the messages that wait for one session.</summary>
    [Range(1_024, long.MaxValue)]
    public long MaxQueuedBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Which message goes when the queue of a session is full.</summary>
    public QueueDropPolicy QueueDropPolicy { get; set; } = QueueDropPolicy.Oldest;

    /// <summary>Bytes that wait for one slow connection; above it QoS 0 messages are dropped and counted.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxOutboxBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Subscriptions of one session. One more is refused with 0x97.</summary>
    [Range(1, 10_000_000)]
    public int MaxSubscriptionsPerSession { get; set; } = 20_000;

    /// <summary>Levels of a topic name or filter.</summary>
    [Range(1, 32_768)]
    public int MaxTopicLevels { get; set; } = 128;

    /// <summary>Bytes of a topic name or filter.</summary>
    [Range(1, 65_535)]
    public int MaxTopicLength { get; set; } = 65_535;

    /// <summary>Topics whose routes and statistics are kept; the longest unused leave first.</summary>
    [Range(100, 100_000_000)]
    public int MaxTopics { get; set; } = 250_000;

    /// <summary>Retained messages. One more is refused with 0x97 at QoS 1 and 2, dropped and counted at QoS 0.</summary>
    [Range(1, 100_000_000)]
    public int MaxRetainedMessages { get; set; } = 250_000;

    /// <summary>Bytes of all retained messages.</summary>
    [Range(1_024, long.MaxValue)]
    public long MaxRetainedBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>The longest session expiry a client may ask for, in seconds; 4,294,967,295 means that sessions may stay for ever.</summary>
    public uint MaxSessionExpiry { get; set; } = uint.MaxValue;

    /// <summary>Seconds after which a client that asked for no keep alive or a longer one is asked to ping. 0 leaves it to the client.</summary>
    public ushort MaxKeepAlive { get; set; }

    /// <summary>Whether a payload that says it is UTF-8 is checked, and refused with 0x99 when it is not.</summary>
    public bool CheckPayloadFormat { get; set; } = true;

    /// <summary>What happens to a client before MQTT 5.0 when the access rules refuse its message; MQTT 5.0 has a reason code for it.</summary>
    public RefusedPublishPolicy RefusedPublishPolicy { get; set; } = RefusedPublishPolicy.Acknowledge;

    /// <summary>How often <c>$SYS/broker/#</c> is published. 0 turns it off; else 1 s to 1 day.</summary>
    public TimeSpan SysInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What the pages can look back on.</summary>
    public MonitoringOptions Monitoring { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(BindAddress, out _) && BindAddress is not "localhost")
        {
            yield return Error($"'{BindAddress}' is not an IP address. Use 127.0.0.1 for this machine only, 0.0.0.0 for every network.", nameof(BindAddress));
        }

        if (TcpPort != 0 && TcpPort == WebSocketPort)
        {
            yield return Error($"TcpPort and WebSocketPort are both {TcpPort}. Give each listener its own port, or 0 to turn one off.", nameof(TcpPort));
        }

        if (ConnectTimeout < TimeSpan.FromSeconds(1) || ConnectTimeout > TimeSpan.FromMinutes(5))
        {
            yield return Error($"ConnectTimeout is {ConnectTimeout}; it must be between 00:00:01 and 00:05:00.", nameof(ConnectTimeout));
        }

        if (SysInterval != TimeSpan.Zero && (SysInterval < TimeSpan.FromSeconds(1) || SysInterval > TimeSpan.FromDays(1)))
        {
            yield return Error($"SysInterval is {SysInterval}; it must be 0 (off) or between 00:00:01 and 1.00:00:00.", nameof(SysInterval));
        }

        foreach (var error in Monitoring.Check())
        {
            yield return error;
        }
    }

    private static ValidationResult Error(string message, string member) => new(message, [member]);
}
