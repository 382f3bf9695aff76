using System.Text;
using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages;

namespace Dashboard.Tests.Features.Messages;

public sealed class LiveMessagesTests : IDisposable
{
    private readonly QuietBroker _broker = new(new BrokerOptions { Monitoring = { StreamLength = 100, StreamRate = 150, JourneyRate = 1 } });
    private readonly LiveMessages _messages;

    public LiveMessagesTests() => _messages = new LiveMessages(_broker.Streams, length: 100);

    public void Dispose()
    {
        _messages.Dispose();
        _broker.Dispose();
    }

    [Fact]
    public void Messages_of_the_filter_come_newest_first()
    {
        _messages.Watch(new StreamFilter(["house/#"]));

        _broker.Publish("house/a", "1");
        _broker.Publish("garden", "2");
        _broker.Publish("house/b", "3");

        Assert.True(_messages.Refresh(hold: false));
        Assert.Equal(["3", "1"], Payloads());
        Assert.Equal((2, 0, 0), (_messages.Arrived, _messages.NotCaptured, _messages.Waiting));
    }

    [Fact]
    public void What_another_filter_leaves_out_goes_and_the_others_and_their_number_stay()
    {
        _messages.Watch(new StreamFilter(["#"]));
        _broker.Publish("noise", "1");
        _broker.Publish("house/a", "2");
        _broker.Publish("noise", "3");
        _messages.Refresh(hold: false);

        _messages.GoOn(new StreamFilter(["#"]) { NotTopics = ["noise/#"] });
        Assert.Equal(["2"], Payloads());
        Assert.Equal((1, 0, 0), (_messages.Arrived, _messages.Waiting, _messages.Gone));

        _broker.Publish("noise", "4");
        _broker.Publish("house/b", "5");
        Assert.True(_messages.Refresh(hold: false));
        Assert.Equal(["5", "2"], Payloads());

        _messages.GoOn(new StreamFilter(["#"]));
        _broker.Publish("noise", "6");
        _messages.Refresh(hold: false);
        Assert.Equal(["6", "5", "2"], Payloads());
        Assert.Equal(3, _messages.Arrived);
        Assert.Equal(1, _broker.Streams.Count);

        _messages.Clear();
        Assert.Empty(_messages.Rows);
    }

    [Fact]
    public void Without_news_there_is_nothing_to_draw()
    {
        _messages.Watch(new StreamFilter(["#"]));
        _broker.Publish("a");

        Assert.True(_messages.Refresh(hold: false));
        Assert.False(_messages.Refresh(hold: false));
        Assert.False(_messages.Refresh(hold: true));
    }

    [Fact]
    public void Held_rows_stay_and_what_arrives_is_counted_until_they_are_let_go()
    {
        _messages.Watch(new StreamFilter(["#"]));
        _broker.Publish("a", "1");
        _messages.Refresh(hold: false);
        var held = _messages.Rows;

        _broker.Publish("a", "2");
        _broker.Publish("a", "3");

        Assert.True(_messages.Refresh(hold: true));
        Assert.Same(held, _messages.Rows);
        Assert.Equal((3, 2), (_messages.Arrived, _messages.Waiting));

        Assert.True(_messages.Refresh(hold: false));
        Assert.Equal(["3", "2", "1"], Payloads());
        Assert.Equal(0, _messages.Waiting);
    }

    [Fact]
    public void What_came_too_fast_and_what_left_the_list_are_numbers()
    {
        _messages.Watch(new StreamFilter(["#"]));
        for (var i = 0; i < 200; i++)
        {
            _broker.Publish("a");
        }

        _messages.Refresh(hold: false);

        Assert.Equal((200, 50, 50, 100), (_messages.Arrived, _messages.NotCaptured, _messages.Gone, _messages.Rows.Count));
    }

    [Fact]
    public void Clearing_begins_anew()
    {
        _messages.Watch(new StreamFilter(["#"]));
        _broker.Publish("a", "1");
        _messages.Refresh(hold: false);

        _messages.Clear();

        Assert.Empty(_messages.Rows);
        Assert.Equal((0, 0), (_messages.Arrived, _messages.Gone));
        _broker.Publish("a", "2");
        _messages.Refresh(hold: false);
        Assert.Equal(["2"], Payloads());
        Assert.Equal(1, _messages.Arrived);
    }

    [Fact]
    public void Another_filter_closes_the_stream_before_it_and_leaving_closes_the_last()
    {
        _messages.Watch(new StreamFilter(["a"]));
        _messages.Watch(new StreamFilter(["b"]));
        Assert.Equal(1, _broker.Streams.Count);

        _messages.Dispose();
        Assert.Equal(0, _broker.Streams.Count);
    }

    private IEnumerable<string> Payloads() => _messages.Rows.Select(message => Encoding.UTF8.GetString(message.Payload));
}
