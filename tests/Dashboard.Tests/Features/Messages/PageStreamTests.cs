using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Mutes;

namespace Dashboard.Tests.Features.Messages;

public sealed class PageStreamTests : IDisposable
{
    private readonly QuietBroker _broker = new();
    private readonly PageStream _stream;

    public PageStreamTests() => _stream = new PageStream(_broker.Streams, length: 100);

    public void Dispose()
    {
        _stream.Dispose();
        _broker.Dispose();
    }

    [Fact]
    public void A_query_with_a_mistake_says_so_and_what_was_watched_goes_on()
    {
        Assert.True(_stream.Watch("a/#", isLive: true));
        Assert.False(_stream.Watch("a#", isLive: true));
        _broker.Publish("a/b");
        _stream.Messages.Refresh(hold: false);

        Assert.NotNull(_stream.Error);
        Assert.Equal("a/#", Assert.Single(_stream.Query!.Filter.Topics));
        Assert.Single(_stream.Messages.Rows);
    }

    [Fact]
    public void The_same_query_again_begins_nothing_anew()
    {
        _stream.Watch("a", isLive: true);
        _broker.Publish("a");
        _stream.Messages.Refresh(hold: false);

        _stream.Watch("a", isLive: true);

        Assert.Single(_stream.Messages.Rows);
    }

    [Theory]
    [InlineData("#", "")]
    [InlineData("house/#", "")]
    [InlineData("noise", "n")]
    [InlineData("noise/deep", "d")]
    [InlineData("+/deep", "")]
    public void What_is_muted_is_left_out_unless_the_query_asks_for_it_by_name(string query, string payloads)
    {
        var muted = new MutedTopics();
        muted.Mute("noise");
        _stream.Watch(query, isLive: true, muted);

        _broker.Publish("noise", "n");
        _broker.Publish("noise/deep", "d");
        _stream.Messages.Refresh(hold: false);
        Assert.Equal(payloads, string.Concat(_stream.Messages.Rows.Select(row => System.Text.Encoding.UTF8.GetString(row.Payload))));

        muted.Unmute("noise");
        _stream.Mute(muted);
        _broker.Publish(query.Replace('#', 'x').Replace('+', 'x'), "after");
        _stream.Messages.Refresh(hold: false);
        Assert.Equal("after", System.Text.Encoding.UTF8.GetString(_stream.Messages.Rows[0].Payload));
    }

    [Fact]
    public void While_the_page_is_a_picture_nothing_is_opened()
    {
        Assert.True(_stream.Watch("a", isLive: false));

        Assert.Equal(0, _broker.Streams.Count);
    }

    [Fact]
    public void Streams_merge_newest_first_and_a_message_of_both_is_one_row()
    {
        var (rows, streams) = MergedMessages.Of([[Record(5), Record(2)], [], [Record(6), Record(5), Record(1)]]);

        Assert.Equal([6, 5, 2, 1], rows.Select(row => row.Sequence));
        Assert.Equal([0b100, 0b101, 0b001, 0b100], rows.Select(row => streams[row.Sequence]));
    }

    private static MessageRecord Record(long sequence) => new(sequence, default, "a", [], 0, QualityOfService.AtMostOnce, false, null, null, 0, 0, 0);
}
