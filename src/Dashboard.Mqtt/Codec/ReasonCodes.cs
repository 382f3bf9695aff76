using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.ReasonCode;

namespace Dashboard.Mqtt.Codec;

/// <summary>Which reason codes MQTT 5.0 allows on which packet (section 2.4 and the tables of each packet).</summary>
internal static class ReasonCodes
{
    public static void Check(ref PacketReader reader, ReasonCode reason, PacketType packet, bool fromServer = false)
    {
        if (!IsAllowed(reason, packet, fromServer))
        {
            var finding = packet != PacketType.Disconnect ? FindingCode.ReasonNotHere : fromServer ? FindingCode.ReasonNotFromServer : FindingCode.ReasonNotFromClient;
            reader.Fail(ProtocolError, finding, Words.Of(packet), $"0x{(byte)reason:X2}");
        }
    }

    private static bool IsAllowed(ReasonCode reason, PacketType packet, bool fromServer) => packet switch
    {
        PacketType.ConnAck => reason is Success or (>= UnspecifiedError and <= Banned) or BadAuthenticationMethod or TopicNameInvalid
            or PacketTooLarge or QuotaExceeded or (>= PayloadFormatInvalid and <= ServerMoved) or ConnectionRateExceeded,
        PacketType.PubAck or PacketType.PubRec => reason is Success or NoMatchingSubscribers or UnspecifiedError
            or ImplementationSpecificError or NotAuthorized or TopicNameInvalid or PacketIdentifierInUse or QuotaExceeded or PayloadFormatInvalid,
        PacketType.PubRel or PacketType.PubComp => reason is Success or PacketIdentifierNotFound,
        PacketType.SubAck => reason is <= GrantedQoS2 or UnspecifiedError or ImplementationSpecificError or NotAuthorized
            or TopicFilterInvalid or PacketIdentifierInUse or QuotaExceeded or SharedSubscriptionsNotSupported
            or SubscriptionIdentifiersNotSupported or WildcardSubscriptionsNotSupported,
        PacketType.UnsubAck => reason is Success or NoSubscriptionExisted or UnspecifiedError or ImplementationSpecificError
            or NotAuthorized or TopicFilterInvalid or PacketIdentifierInUse,
        PacketType.Disconnect => fromServer ? IsDisconnectFromServer(reason) : IsDisconnectFromClient(reason),
        PacketType.Auth => reason is Success or ContinueAuthentication or ReAuthenticate,
        _ => false,
    };

    private static bool IsDisconnectFromClient(ReasonCode reason) => reason is Success or DisconnectWithWill
        or (>= UnspecifiedError and <= ImplementationSpecificError) or TopicNameInvalid or (>= ReceiveMaximumExceeded and <= PayloadFormatInvalid);

    private static bool IsDisconnectFromServer(ReasonCode reason) => reason is Success
        or (>= UnspecifiedError and <= ImplementationSpecificError) or NotAuthorized or ServerBusy or ServerShuttingDown
        or (>= BadAuthenticationMethod and <= TopicNameInvalid) or (>= ReceiveMaximumExceeded and <= WildcardSubscriptionsNotSupported);
}
