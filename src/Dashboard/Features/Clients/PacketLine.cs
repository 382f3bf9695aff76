using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Anatomy;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>A packet as one line.</summary>
internal static class PacketLine
{
    public static string Name(PacketType type) => type.ToString().ToUpperInvariant();

    /// <summary>What tells this packet from others of its type, in the standard's words.</summary>
    public static string Of(TracedPacket packet) => string.Join(" · ", Parts(packet, packet.Anatomy).Where(part => !string.IsNullOrEmpty(part)));

    private static IEnumerable<string?> Parts(TracedPacket packet, PacketAnatomy anatomy) => packet.Type switch
    {
        PacketType.Publish =>
        [
            Topic(anatomy),
            $"QoS {anatomy["QoS"]}",
            anatomy["Packet identifier"] is { } id ? $"id {id}" : null,
            anatomy["RETAIN"] == "1" ? "retain" : null,
            anatomy["DUP"] == "1" ? "dup" : null,
            Texts.Clients_PacketPayload.With(Format.Bytes(PayloadSize(packet, anatomy))),
        ],
        PacketType.Connect =>
        [
            ClientWords.Version(packet.Version),
            anatomy["Clean start"] == "1" ? "clean start" : anatomy["Clean session"] == "1" ? "clean session" : null,
            $"keep alive {anatomy["Keep alive"]} s",
            anatomy["User name"] is { } user ? Texts.Clients_User.With(user) : null,
            anatomy["Will topic"] is { } will ? $"will {will}" : null,
        ],
        PacketType.ConnAck => [anatomy["Reason code"] ?? anatomy["Return code"], anatomy["Session present"] == "1" ? "session present" : null],
        PacketType.Subscribe or PacketType.Unsubscribe => [Filters(anatomy), Id(anatomy)],
        PacketType.SubAck => [string.Join(", ", anatomy.Fields.Where(field => field.Name == "Reason code").Take(3).Select(field => field.Value)), Id(anatomy)],
        _ => [Id(anatomy), anatomy["Reason code"], anatomy["Reason string"]],
    };

    private static string? Id(PacketAnatomy anatomy) => anatomy["Packet identifier"] is { } id ? $"id {id}" : null;

    private static string? Topic(PacketAnatomy anatomy) =>
        anatomy["Topic name"] is { Length: > 0 } topic ? topic : anatomy["Topic alias"] is { } alias ? $"alias {alias}" : null;

    private static string Filters(PacketAnatomy anatomy)
    {
        var filters = anatomy.Fields.Where(field => field.Name == "Topic filter").Select(field => field.Value).ToArray();
        return string.Join(", ", filters.Take(3)) + (filters.Length > 3 ? $" +{filters.Length - 3}" : "");
    }

    private static int PayloadSize(TracedPacket packet, PacketAnatomy anatomy) =>
        anatomy.Fields.FirstOrDefault(field => field.Name == "Payload") is { } payload ? packet.Length - payload.Start : 0;
}
