using Dashboard.Broker.Connections.Sockets;

namespace Dashboard.Broker.Tests.Connections.Sockets;

public sealed class PartialPacketTests
{
    private const int Read = 64 * 1024;

    private readonly PartialPacket _partial = new();

    [Fact]
    public void It_grows_at_once_to_what_was_announced()
    {
        Come(Read, announced: 0);
        Assert.True(_partial.Room(Read, announced: 10 * Read).Length >= 9 * Read);
    }

    [Fact]
    public void It_takes_no_more_for_what_was_announced_than_sixteen_times_what_has_come()
    {
        Come(Read, announced: 0);
        Assert.InRange(_partial.Room(Read, announced: int.MaxValue).Length, Read, 16 * Read);
    }

    [Fact]
    public void What_has_come_stays_when_it_grows()
    {
        var bytes = new byte[5 * Read];
        Random.Shared.NextBytes(bytes);
        for (var at = 0; at < bytes.Length; at += Read / 2)
        {
            bytes.AsSpan(at, Read / 2).CopyTo(_partial.Room(Read / 2, announced: 3 * Read));
            _partial.Add(Read / 2);
        }

        Assert.True(_partial.Received.Span.SequenceEqual(bytes));
        _partial.Keep(_partial.Received.Span[^3..]);
        Assert.True(_partial.Received.Span.SequenceEqual(bytes.AsSpan(^3..)));
    }

    private void Come(int count, int announced)
    {
        _partial.Room(count, announced)[..count].Clear();
        _partial.Add(count);
    }
}
