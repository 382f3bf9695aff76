using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

public sealed class AllocationTests
{
    private const int Rounds = 10_000;

    [Fact]
    public void Reading_a_PUBLISH_view_does_not_allocate()
    {
        var body = Convert.FromHexString("0003612f62" + "0001" + "19" + "0101" + "020000003c" + "230003" + "080005612f622f63" + "2600016e000176" + "68656c6c6f");
        Assert.True(PublishView.TryRead(2, body, ProtocolVersion.V500, out _, out var error), error.Message);

        Assert.Equal(0, Allocated(() => PublishView.TryRead(2, body, ProtocolVersion.V500, out _, out _)));
    }

    [Fact]
    public void Reading_an_acknowledgement_does_not_allocate()
    {
        byte[] body = [0, 1, 0, 7, 0x26, 0, 1, (byte)'n', 0, 1, (byte)'v'];
        Assert.True(PacketDecoder.TryReadAck(0x40, body, ProtocolVersion.V500, out _, out var error), error.Message);

        Assert.Equal(0, Allocated(() => PacketDecoder.TryReadAck(0x40, body, ProtocolVersion.V500, out _, out _)));
    }

    [Fact]
    public void Writing_an_acknowledgement_does_not_allocate()
    {
        var destination = new byte[AckWriter.MaxLength];

        Assert.Equal(0, Allocated(() => AckWriter.Write(destination, PacketType.PubRec, 1, ReasonCode.NotAuthorized, ProtocolVersion.V500) == 5));
    }

    [Fact]
    public void Reading_a_header_across_segments_does_not_allocate()
    {
        var buffer = Sequence.Of([0x30, 0xC1], [0x02]);

        Assert.Equal(0, Allocated(() => FixedHeader.TryRead(in buffer, out var header) == HeaderStatus.Complete && header.RemainingLength == 321));
    }

    [Fact]
    public void Matching_a_topic_does_not_allocate()
    {
        Assert.Equal(0, Allocated(() => Mqtt.Topics.TopicFilter.Matches("a/+/c/#", "a/b/c/d/e")));
    }

    /// <summary>
    /// Bytes allocated by this thread, the least of several tries: what the action costs is there in each of them, what the
    /// runtime itself allocates while it compiles the code again is not.
    /// </summary>
    private static long Allocated(Func<bool> action)
    {
        Assert.True(action());
        var succeeded = true;
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 10 && least > 0; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < Rounds; round++)
            {
                succeeded &= action();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(succeeded);
        return least;
    }
}
