using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>Why a packet could not be accepted: the standard's reason, and what the person who has to mend the client should know.</summary>
public readonly record struct DecodeError(ReasonCode Reason, Finding Finding)
{
    public DecodeError(ReasonCode reason, FindingCode code, params object[] parts)
        : this(reason, new Finding(code, parts))
    {
    }

    /// <summary>Empty for the default value, which stands for no error.</summary>
    public string Message => Finding is null ? "" : Finding.English;
}
