using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Access;

/// <summary>Who may do what. A refusal is a reason code, which the client gets where its protocol version has a word for it.</summary>
internal sealed class AccessRules(BrokerOptions options, BanList bans)
{
    /// <summary>Who may not connect.</summary>
    public BanList Bans => bans;

    /// <summary><see cref="ReasonCode.Success"/>, or why a client may not publish to a topic.</summary>
    public ReasonCode Publish(Topic topic)
    {
        // The server's own topics; nobody else may speak in its name (section 4.7.2).
        if (topic.IsSystem && Topic.IsBrokersOwn(topic.Utf8))
        {
            return ReasonCode.NotAuthorized;
        }

        return topic.Levels > options.MaxTopicLevels || topic.Utf8.Length > options.MaxTopicLength ? ReasonCode.TopicNameInvalid : ReasonCode.Success;
    }
}
