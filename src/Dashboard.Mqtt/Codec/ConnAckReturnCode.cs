using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>The return codes of CONNACK before MQTT 5.0 (3.1.1, table 3.1).</summary>
internal static class ConnAckReturnCode
{
    public static byte Of(ReasonCode reason) => reason switch
    {
        ReasonCode.Success => 0,
        ReasonCode.UnsupportedProtocolVersion => 1, // [MQTT-3.1.2-2, 3.1.1]
        ReasonCode.ClientIdentifierNotValid => 2, // [MQTT-3.1.3-8, 3.1.1] [MQTT-3.1.3-9, 3.1.1]
        ReasonCode.BadUserNameOrPassword or ReasonCode.BadAuthenticationMethod => 4,
        ReasonCode.NotAuthorized or ReasonCode.Banned or ReasonCode.TopicNameInvalid => 5,
        _ => 3,
    };

    /// <summary><see cref="ReasonCode.ProtocolError"/> for a code that 3.1.1 does not have.</summary>
    public static ReasonCode ToReason(byte returnCode) => returnCode switch
    {
        0 => ReasonCode.Success,
        1 => ReasonCode.UnsupportedProtocolVersion,
        2 => ReasonCode.ClientIdentifierNotValid,
        3 => ReasonCode.ServerUnavailable,
        4 => ReasonCode.BadUserNameOrPassword,
        5 => ReasonCode.NotAuthorized,
        _ => ReasonCode.ProtocolError,
    };
}
