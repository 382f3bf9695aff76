using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>From the bytes of properties to <see cref="Properties"/>.</summary>
internal static class PropertyDecoder
{
    /// <summary>Takes properties as far as they are valid; the walker tells whether that is to the end.</summary>
    public static Properties Read(ref PropertyWalker walker)
    {
        var properties = new Properties();
        while (walker.MoveNext())
        {
            Set(properties, in walker);
        }

        return properties;
    }

    private static void Set(Properties properties, in PropertyWalker walker)
    {
        switch (walker.Id)
        {
            case PropertyId.PayloadFormatIndicator:
                properties.PayloadFormatIsUtf8 = walker.Byte == 1;
                break;
            case PropertyId.MessageExpiryInterval:
                properties.MessageExpiryInterval = walker.UInt32;
                break;
            case PropertyId.ContentType:
                properties.ContentType = Text(walker.Bytes);
                break;
            case PropertyId.ResponseTopic:
                properties.ResponseTopic = Text(walker.Bytes);
                break;
            case PropertyId.CorrelationData:
                properties.CorrelationData = walker.Bytes.ToArray();
                break;
            case PropertyId.SubscriptionIdentifier:
                (properties.SubscriptionIdentifiers ??= []).Add(walker.UInt32);
                break;
            case PropertyId.SessionExpiryInterval:
                properties.SessionExpiryInterval = walker.UInt32;
                break;
            case PropertyId.AssignedClientIdentifier:
                properties.AssignedClientIdentifier = Text(walker.Bytes);
                break;
            case PropertyId.ServerKeepAlive:
                properties.ServerKeepAlive = walker.UInt16;
                break;
            case PropertyId.AuthenticationMethod:
                properties.AuthenticationMethod = Text(walker.Bytes);
                break;
            case PropertyId.AuthenticationData:
                properties.AuthenticationData = walker.Bytes.ToArray();
                break;
            case PropertyId.RequestProblemInformation:
                properties.RequestProblemInformation = walker.Byte == 1;
                break;
            case PropertyId.WillDelayInterval:
                properties.WillDelayInterval = walker.UInt32;
                break;
            case PropertyId.RequestResponseInformation:
                properties.RequestResponseInformation = walker.Byte == 1;
                break;
            case PropertyId.ResponseInformation:
                properties.ResponseInformation = Text(walker.Bytes);
                break;
            case PropertyId.ServerReference:
                properties.ServerReference = Text(walker.Bytes);
                break;
            case PropertyId.ReasonString:
                properties.ReasonString = Text(walker.Bytes);
                break;
            case PropertyId.ReceiveMaximum:
                properties.ReceiveMaximum = walker.UInt16;
                break;
            case PropertyId.TopicAliasMaximum:
                properties.TopicAliasMaximum = walker.UInt16;
                break;
            case PropertyId.TopicAlias:
                properties.TopicAlias = walker.UInt16;
                break;
            case PropertyId.MaximumQoS:
                properties.MaximumQoS = (QualityOfService)walker.Byte;
                break;
            case PropertyId.RetainAvailable:
                properties.RetainAvailable = walker.Byte == 1;
                break;
            case PropertyId.UserProperty:
                (properties.UserProperties ??= []).Add(new UserProperty(Text(walker.Name), Text(walker.Value))); // in their order, also those of a will [MQTT-3.1.3-10]
                break;
            case PropertyId.MaximumPacketSize:
                properties.MaximumPacketSize = walker.UInt32;
                break;
            case PropertyId.WildcardSubscriptionAvailable:
                properties.WildcardSubscriptionAvailable = walker.Byte == 1;
                break;
            case PropertyId.SubscriptionIdentifierAvailable:
                properties.SubscriptionIdentifiersAvailable = walker.Byte == 1;
                break;
            case PropertyId.SharedSubscriptionAvailable:
                properties.SharedSubscriptionAvailable = walker.Byte == 1;
                break;
        }
    }

    private static string Text(ReadOnlySpan<byte> utf8) => MqttString.Strict.GetString(utf8);
}
