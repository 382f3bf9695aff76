namespace Dashboard.Broker.Connections;

/// <summary>What went over one connection or many, since the start.</summary>
internal readonly record struct Traffic(
    long PacketsReceived,
    long PublishesReceived,
    long BytesReceived,
    long PacketsSent,
    long PublishesSent,
    long BytesSent)
{
    public static Traffic operator +(Traffic left, Traffic right) => new(
        left.PacketsReceived + right.PacketsReceived,
        left.PublishesReceived + right.PublishesReceived,
        left.BytesReceived + right.BytesReceived,
        left.PacketsSent + right.PacketsSent,
        left.PublishesSent + right.PublishesSent,
        left.BytesSent + right.BytesSent);

    public static Traffic operator -(Traffic left, Traffic right) => new(
        left.PacketsReceived - right.PacketsReceived,
        left.PublishesReceived - right.PublishesReceived,
        left.BytesReceived - right.BytesReceived,
        left.PacketsSent - right.PacketsSent,
        left.PublishesSent - right.PublishesSent,
        left.BytesSent - right.BytesSent);
}
