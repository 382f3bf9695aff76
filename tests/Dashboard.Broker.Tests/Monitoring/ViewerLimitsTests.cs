using Dashboard.Broker.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class ViewerLimitsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddMqttBroker(new BrokerOptions { Storage = StorageKind.Memory, Monitoring = { StreamLength = 100, StreamBytes = 64 * 1024 } })
        .BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void A_stream_holds_no_more_bytes_than_the_options_say_and_lets_its_oldest_go()
    {
        using var stream = Open();
        foreach (var i in Enumerable.Range(1, 10))
        {
            Publish($"topic/{i}", new byte[10_000]);
        }

        Assert.Equal(["topic/10", "topic/9", "topic/8", "topic/7", "topic/6", "topic/5"], stream.Newest(100).Select(message => message.Topic));
        Assert.Equal(10, stream.Arrived);

        Publish("small", []);
        Assert.Equal(7, stream.Newest(100).Count);
    }

    [Fact]
    public void A_stream_holds_no_more_messages_than_the_options_say_also_after_it_was_cleared()
    {
        using var stream = Open();
        foreach (var round in Enumerable.Range(0, 3))
        {
            foreach (var i in Enumerable.Range(0, 130))
            {
                Publish($"topic/{i}", [1]);
            }

            var held = stream.Newest(1000);
            Assert.Equal(100, held.Count);
            Assert.Equal(("topic/129", "topic/30"), (held[0].Topic, held[^1].Topic));
            stream.Clear();
            Assert.Empty(stream.Newest(1000));
        }
    }

    [Fact]
    public void A_glance_at_a_topic_copies_only_the_beginning_of_its_last_payload()
    {
        Publish("large", new byte[1000]);

        var node = _services.GetRequiredService<TopicMonitor>().Find("large")!;

        Assert.Equal((16, 1000), (node.Glance(16)!.Last.Payload.Length, node.Glance(16)!.Last.PayloadSize));
        Assert.Equal(1000, node.Info!.Last.Payload.Length);
        Assert.Equal(16, _services.GetRequiredService<TopicMonitor>().History("large", 16).Single().Payload.Length);
    }

    [Fact]
    public void Whether_a_message_is_retained_is_known_without_a_copy()
    {
        var broker = _services.GetRequiredService<MqttBroker>();
        broker.Publish(new PublishRequest("kept", "1"u8.ToArray(), Retain: true));

        Assert.True(broker.HasRetained("kept"));
        Assert.False(broker.HasRetained("other"));
        broker.DeleteRetained("kept");
        Assert.False(broker.HasRetained("kept"));
    }

    private MessageStream Open() => _services.GetRequiredService<MessageStreams>().Open("#");

    private void Publish(string topic, byte[] payload) => _services.GetRequiredService<MqttBroker>().Publish(new PublishRequest(topic, payload));
}
