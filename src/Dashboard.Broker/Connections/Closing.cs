using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>Why the broker ends a connection: what the client is told, and what a person reads.</summary>
internal readonly record struct Closing(ReasonCode Reason, EventText Cause)
{
    public string Message => Cause.English;

    public static implicit operator Closing(DecodeError error) => new(error.Reason, EventText.Of(error));
}
