using Dashboard.Broker;

namespace Dashboard.Features.Overview;

/// <summary>What happened when a limit was hit, and which page tells more.</summary>
internal static class LimitWords
{
    public static string PageOf(Limit limit) => limit switch
    {
        Limit.MaxConnections or Limit.MaxConnectionsPerAddress or Limit.ConnectTimeout or Limit.MaxConnectPacketSize or Limit.MaxPacketSize or Limit.MaxSessions
            or Limit.MaxPublishRate or Limit.ReceiveMaximum or Limit.TopicAliasMaximum => "clients/refused",
        Limit.MaxInflight => "clients?sort=-inflight",
        Limit.MaxQueuedMessages or Limit.MaxQueuedBytes or Limit.MaxOutboxBytes => "clients?sort=-dropped",
        Limit.MaxSubscriptionsPerSession => "clients?sort=-subscriptions",
        Limit.MaxTopics => "topics",
        Limit.MaxRetainedMessages or Limit.MaxRetainedBytes => "retained",
        Limit.MaxMemory => "?range=24h",
        _ => "clients/events",
    };

    public static string Of(Limit limit) => limit switch
    {
        Limit.MaxConnections => Texts.Overview_LimitMaxConnections,
        Limit.MaxConnectionsPerAddress => Texts.Overview_LimitMaxConnectionsPerAddress,
        Limit.ConnectTimeout => Texts.Overview_LimitConnectTimeout,
        Limit.MaxConnectPacketSize => Texts.Overview_LimitMaxConnectPacketSize,
        Limit.MaxPacketSize => Texts.Overview_LimitMaxPacketSize,
        Limit.MaxSessions => Texts.Overview_LimitMaxSessions,
        Limit.MaxPublishRate => Texts.Overview_LimitMaxPublishRate,
        Limit.MaxKeepAlive => Texts.Overview_LimitMaxKeepAlive,
        Limit.MaxSessionExpiry => Texts.Overview_LimitMaxSessionExpiry,
        Limit.MaxInflight => Texts.Overview_LimitMaxInflight,
        Limit.ReceiveMaximum => Texts.Overview_LimitReceiveMaximum,
        Limit.TopicAliasMaximum => Texts.Overview_LimitTopicAliasMaximum,
        Limit.MaxQueuedMessages => Texts.Overview_LimitMaxQueuedMessages,
        Limit.MaxQueuedBytes => Texts.Overview_LimitMaxQueuedBytes,
        Limit.MaxOutboxBytes => Texts.Overview_LimitMaxOutboxBytes,
        Limit.MaxSubscriptionsPerSession => Texts.Overview_LimitMaxSubscriptionsPerSession,
        Limit.MaxTopicLevels => Texts.Overview_LimitMaxTopicLevels,
        Limit.MaxTopicLength => Texts.Overview_LimitMaxTopicLength,
        Limit.MaxTopics => Texts.Overview_LimitMaxTopics,
        Limit.MaxRetainedMessages => Texts.Overview_LimitMaxRetainedMessages,
        Limit.MaxRetainedBytes => Texts.Overview_LimitMaxRetainedBytes,
        Limit.MaxMemory => Texts.Overview_LimitMaxMemory,
        _ => limit.ToString(),
    };
}
