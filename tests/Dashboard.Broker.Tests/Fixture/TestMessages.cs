using Dashboard.Broker.Messages;
using Dashboard.Broker.Retained;
using Dashboard.Broker.Sessions;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>Messages inside the engine, without a network.</summary>
internal static class TestMessages
{
    public static OutgoingPublish Publish(string topic, string payload = "hi", QualityOfService qos = QualityOfService.AtLeastOnce, bool retain = false, uint? expiry = null, string? publisher = "p", long now = 1_000_000) => new(
        new Topic(Wire.Utf8(topic)) { IsTracked = true },
        expiry is null ? [] : PublishPropertyCodec.Encode(new Properties { MessageExpiryInterval = expiry }),
        Wire.Utf8(payload),
        qos,
        retain,
        publisher,
        now,
        new PublishEncodings());

    public static ApplicationMessage Kept(string payload)
    {
        var publish = Publish("t", payload);
        return publish.Keep();
    }

    public static OutboundMessage Outbound(string payload, QualityOfService qos = QualityOfService.AtLeastOnce) => new(Kept(payload), qos, false, null);

    public static RetainedMessages Store(ManualTime time, Action<BrokerOptions>? configure = null)
    {
        var options = new BrokerOptions();
        configure?.Invoke(options);
        return new RetainedMessages(options, new MemoryStore(), new LimitHits(), time);
    }
}
