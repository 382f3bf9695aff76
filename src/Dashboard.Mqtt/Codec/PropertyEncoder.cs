using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// From <see cref="Properties"/> to bytes without their length. What the packet may not carry is left out, so the
/// properties of a will can be given to the PUBLISH that it becomes.
/// </summary>
internal sealed class PropertyEncoder
{
    private readonly PacketType _packet;
    private readonly PacketBody _output = new();

    private PropertyEncoder(PacketType packet) => _packet = packet;

    /// <param name="packet">The packet that carries them, or <see cref="PropertyRule.Will"/>.</param>
    public static byte[] Encode(Properties? properties, PacketType packet)
    {
        if (properties is null)
        {
            return [];
        }

        var encoder = new PropertyEncoder(packet);
        encoder.Add(properties);
        return encoder._output.Written.ToArray();
    }

    private void Add(Properties p)
    {
        Flag(PropertyId.PayloadFormatIndicator, p.PayloadFormatIsUtf8);
        Number(PropertyId.MessageExpiryInterval, p.MessageExpiryInterval);
        Text(PropertyId.ContentType, p.ContentType);
        Text(PropertyId.ResponseTopic, p.ResponseTopic);
        Binary(PropertyId.CorrelationData, p.CorrelationData);
        foreach (var identifier in p.SubscriptionIdentifiers ?? [])
        {
            Number(PropertyId.SubscriptionIdentifier, identifier);
        }

        Number(PropertyId.SessionExpiryInterval, p.SessionExpiryInterval);
        Text(PropertyId.AssignedClientIdentifier, p.AssignedClientIdentifier);
        Number(PropertyId.ServerKeepAlive, p.ServerKeepAlive);
        Text(PropertyId.AuthenticationMethod, p.AuthenticationMethod);
        Binary(PropertyId.AuthenticationData, p.AuthenticationData);
        Flag(PropertyId.RequestProblemInformation, p.RequestProblemInformation);
        Number(PropertyId.WillDelayInterval, p.WillDelayInterval);
        Flag(PropertyId.RequestResponseInformation, p.RequestResponseInformation);
        Text(PropertyId.ResponseInformation, p.ResponseInformation);
        Text(PropertyId.ServerReference, p.ServerReference);
        Text(PropertyId.ReasonString, p.ReasonString);
        Number(PropertyId.ReceiveMaximum, p.ReceiveMaximum);
        Number(PropertyId.TopicAliasMaximum, p.TopicAliasMaximum);
        Number(PropertyId.TopicAlias, p.TopicAlias);
        Number(PropertyId.MaximumQoS, (uint?)p.MaximumQoS);
        Flag(PropertyId.RetainAvailable, p.RetainAvailable);
        foreach (var (name, value) in p.UserProperties ?? [])
        {
            Start(PropertyId.UserProperty);
            _output.String(name);
            _output.String(value);
        }

        Number(PropertyId.MaximumPacketSize, p.MaximumPacketSize);
        Flag(PropertyId.WildcardSubscriptionAvailable, p.WildcardSubscriptionAvailable);
        Flag(PropertyId.SubscriptionIdentifierAvailable, p.SubscriptionIdentifiersAvailable);
        Flag(PropertyId.SharedSubscriptionAvailable, p.SharedSubscriptionAvailable);
    }

    private bool Start(PropertyId id)
    {
        var allowed = PropertyRule.Of(id).Allows(_packet);
        if (allowed)
        {
            _output.Byte((byte)id);
        }

        return allowed;
    }

    private void Flag(PropertyId id, bool? value) => Number(id, value is { } flag ? (flag ? 1u : 0u) : null);

    private void Number(PropertyId id, uint? value)
    {
        if (value is not { } number || !Start(id))
        {
            return;
        }

        switch (PropertyRule.Of(id).Type)
        {
            case PropertyType.Byte:
                _output.Byte((byte)number);
                break;
            case PropertyType.UInt16:
                _output.UInt16((ushort)number);
                break;
            case PropertyType.UInt32:
                _output.UInt32(number);
                break;
            case PropertyType.VariableByteInteger:
                _output.VariableByteInteger(number);
                break;
        }
    }

    private void Text(PropertyId id, string? value)
    {
        if (value is not null && Start(id))
        {
            _output.String(value);
        }
    }

    private void Binary(PropertyId id, byte[]? value)
    {
        if (value is not null && Start(id))
        {
            _output.Binary(value);
        }
    }
}
