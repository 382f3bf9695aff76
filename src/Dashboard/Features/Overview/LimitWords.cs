using Dashboard.Broker;

namespace Dashboard.Features.Overview;

/// <summary>What happened when a limit was hit.</summary>
internal static class LimitWords
{
    public static string Of(Limit limit) => limit switch
    {
        Limit.MaxConnections => "Connections refused: all were taken",
        Limit.MaxConnectionsPerAddress => "Connections refused: their address had too many",
        Limit.ConnectTimeout => "Connections closed: no CONNECT came in time",
        Limit.MaxConnectPacketSize => "Connections closed: the CONNECT was too large",
        Limit.MaxPacketSize => "Connections closed: a packet was too large",
        Limit.MaxSessions => "Clients refused: all sessions were taken",
        Limit.MaxPublishRate => "Clients slowed down or closed: they published too fast",
        Limit.ReceiveMaximum => "Clients closed: too many QoS 2 messages were not released",
        Limit.TopicAliasMaximum => "Clients closed: a topic alias was too high",
        Limit.MaxQueuedMessages => "Messages lost: a session's queue held too many",
        Limit.MaxQueuedBytes => "Messages lost: a session's queue held too many bytes",
        Limit.MaxOutboxBytes => "QoS 0 messages dropped: the client reads too slowly",
        Limit.MaxSubscriptionsPerSession => "Subscriptions refused: the session had too many",
        Limit.MaxTopicLevels => "Topics or filters refused: too many levels",
        Limit.MaxTopicLength => "Topics or filters refused: too long",
        Limit.MaxRetainedMessages => "Retained messages refused: the store held too many",
        Limit.MaxRetainedBytes => "Retained messages refused: the store held too many bytes",
        Limit.MaxMemory => "Memory ran short: QoS 0 for slow clients was shed, new clients were refused",
        _ => limit.ToString(),
    };
}
