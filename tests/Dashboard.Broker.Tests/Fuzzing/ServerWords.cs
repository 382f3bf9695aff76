using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>What a broker said on one connection, read as a client reads it.</summary>
internal static class ServerWords
{
    /// <summary>Every packet; a broker that says something malformed is an <see cref="InvalidDataException"/>.</summary>
    /// <param name="mayBeCut">Whether the last packet need not be whole.</param>
    public static List<object> Read(ReadOnlySpan<byte> said, ProtocolVersion version, bool mayBeCut = false)
    {
        var packets = new List<object>();
        while (!said.IsEmpty)
        {
            if (FixedHeader.TryRead(said, out var header) != HeaderStatus.Complete || header.TotalLength > said.Length)
            {
                return mayBeCut ? packets : throw new InvalidDataException("the broker's last packet is not whole");
            }

            packets.Add(Wire.Decode(header, said.Slice(header.HeaderLength, header.RemainingLength), version));
            said = said[header.TotalLength..];
        }

        return packets;
    }

    /// <summary>The version in which a first packet is refused.</summary>
    public static ProtocolVersion VersionOfAnswer(ReadOnlySpan<byte> sent) =>
        FixedHeader.TryRead(sent, out var header) == HeaderStatus.Complete && header.TotalLength <= sent.Length
            ? PacketDecoder.GuessVersion(sent.Slice(header.HeaderLength, header.RemainingLength))
            : ProtocolVersion.V311;

    /// <summary>A client of MQTT 5.0 that was let in is told why the broker ends its connection; what is wrong with how it was told, or null.</summary>
    public static string? Objection(IReadOnlyList<object> words, ProtocolVersion version, bool wasAccepted, (ReasonCode Reason, string Message)? closeReason)
    {
        if (words.Count > 0 && words[0] is not ConnAckPacket)
        {
            return $"the first word is {words[0]}";
        }

        var goodbye = words.OfType<DisconnectPacket>().ToArray();
        if (closeReason is not { } reason || version != ProtocolVersion.V500 || !wasAccepted)
        {
            return goodbye.Length == 0 ? null : $"an unexpected {goodbye[0]}";
        }

        return goodbye.Length == 1 && goodbye[0] == words[^1] as DisconnectPacket && goodbye[0].Reason == reason.Reason && reason.Reason >= ReasonCode.UnspecifiedError
            ? null
            : $"closed because of {reason}, and the last word is {(words.Count > 0 ? words[^1] : "none")}";
    }
}
