using Dashboard.Broker;

namespace Dashboard.Features.Overview;

/// <summary>What happened when a limit was hit.</summary>
internal static class LimitWords
{
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
