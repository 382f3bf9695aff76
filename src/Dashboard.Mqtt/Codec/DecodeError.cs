using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>Why a packet could not be accepted: the standard's reason, and words for the person who has to mend the client.</summary>
public readonly record struct DecodeError(ReasonCode Reason, string Message);
