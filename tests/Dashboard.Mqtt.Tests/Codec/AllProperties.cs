using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

/// <summary>Every property that a packet may carry, with a value that is not the default.</summary>
internal static class AllProperties
{
    public static Properties Of(PacketType packet)
    {
        var allowed = Enum.GetValues<PropertyId>().Where(id => PropertyRule.Of(id).Allows(packet)).ToHashSet();
        var properties = new Properties();
        foreach (var id in allowed)
        {
            Set(properties, id, packet);
        }

        return properties;
    }

    private static void Set(Properties properties, PropertyId id, PacketType packet)
    {
        Action set = id switch
        {
            PropertyId.PayloadFormatIndicator => () => properties.PayloadFormatIsUtf8 = true,
            PropertyId.MessageExpiryInterval => () => properties.MessageExpiryInterval = 0x01020304,
            PropertyId.ContentType => () => properties.ContentType = "text/plain",
            PropertyId.ResponseTopic => () => properties.ResponseTopic = "re/ply",
            PropertyId.CorrelationData => () => properties.CorrelationData = [0, 255],
            PropertyId.SubscriptionIdentifier => () => properties.SubscriptionIdentifiers = packet == PacketType.Publish ? [1, 268_435_455] : [300],
            PropertyId.SessionExpiryInterval => () => properties.SessionExpiryInterval = uint.MaxValue,
            PropertyId.AssignedClientIdentifier => () => properties.AssignedClientIdentifier = "auto-1",
            PropertyId.ServerKeepAlive => () => properties.ServerKeepAlive = 0x0102,
            PropertyId.AuthenticationMethod => () => properties.AuthenticationMethod = "SCRAM-SHA-1",
            PropertyId.AuthenticationData => () => properties.AuthenticationData = [1, 0],
            PropertyId.RequestProblemInformation => () => properties.RequestProblemInformation = false,
            PropertyId.WillDelayInterval => () => properties.WillDelayInterval = 30,
            PropertyId.RequestResponseInformation => () => properties.RequestResponseInformation = true,
            PropertyId.ResponseInformation => () => properties.ResponseInformation = "replies/",
            PropertyId.ServerReference => () => properties.ServerReference = "other:1883",
            PropertyId.ReasonString => () => properties.ReasonString = "weil es so ist – ü",
            PropertyId.ReceiveMaximum => () => properties.ReceiveMaximum = 10,
            PropertyId.TopicAliasMaximum => () => properties.TopicAliasMaximum = 0,
            PropertyId.TopicAlias => () => properties.TopicAlias = 65_535,
            PropertyId.MaximumQoS => () => properties.MaximumQoS = QualityOfService.AtLeastOnce,
            PropertyId.RetainAvailable => () => properties.RetainAvailable = false,
            PropertyId.UserProperty => () => properties.UserProperties = [new("b", "1"), new("a", ""), new("b", "1")],
            PropertyId.MaximumPacketSize => () => properties.MaximumPacketSize = 1_000_000,
            PropertyId.WildcardSubscriptionAvailable => () => properties.WildcardSubscriptionAvailable = false,
            PropertyId.SubscriptionIdentifierAvailable => () => properties.SubscriptionIdentifiersAvailable = true,
            PropertyId.SharedSubscriptionAvailable => () => properties.SharedSubscriptionAvailable = false,
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, "a property without a test value"),
        };
        set();
    }
}
