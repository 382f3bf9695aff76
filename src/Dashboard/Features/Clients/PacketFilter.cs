using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Features.Clients;

internal enum PacketDirection
{
    Both,
    FromClient,
    ToClient,
}

/// <summary>Which packets of a client a person wants to see. Written in addresses as "fromclient" and "publish".</summary>
/// <param name="Type">Null for all.</param>
internal sealed record PacketFilter(PacketDirection Direction, PacketType? Type)
{
    public static PacketFilter All { get; } = new(PacketDirection.Both, null);

    public static PacketFilter Parse(string? direction, string? type) => new(
        Enum.TryParse<PacketDirection>(direction, ignoreCase: true, out var side) && Enum.IsDefined(side) ? side : PacketDirection.Both,
        Enum.TryParse<PacketType>(type, ignoreCase: true, out var one) && Enum.IsDefined(one) ? one : null);

    public bool Matches(TracedPacket packet) =>
        (Direction == PacketDirection.Both || packet.IsFromClient == (Direction == PacketDirection.FromClient))
        && (Type is null || packet.Type == Type);
}
