using Dashboard.Broker.Messages;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Messages;

public sealed class ApplicationMessageTests
{
    [Fact]
    public void A_message_that_somebody_holds_is_not_used_for_another()
    {
        var held = TestMessages.Kept("held");
        held.AddReference();
        held.Release();
        var others = Enumerable.Range(0, 100).Select(i => TestMessages.Kept($"other {i}")).ToList();
        Assert.Equal(Wire.Utf8("held"), held.Payload);
        Assert.DoesNotContain(held, others);
    }

    [Fact]
    public void Nothing_of_a_message_is_left_in_the_one_that_reuses_it()
    {
        var first = ApplicationMessage.Of(new Topic(Wire.Utf8("first")), QualityOfService.ExactlyOnce, true, "p", 1, 2, [], Wire.Utf8("long payload"));
        first.StoreKey = 7;
        first.Release();
        var second = ApplicationMessage.Of(new Topic(Wire.Utf8("second")), QualityOfService.AtLeastOnce, false, null, 3, ApplicationMessage.NeverExpires, [], Wire.Utf8("short"));
        Assert.Same(first, second);
        Assert.Equal(("second", QualityOfService.AtLeastOnce, false, null, 3L, 0L), (second.Topic.Name, second.QoS, second.Retain, second.PublisherId, second.ReceivedAt, second.StoreKey));
        Assert.False(second.HasExpired(long.MaxValue - 1));
        Assert.Equal(Wire.Utf8("short"), second.Payload);
        Assert.True(second.Properties.IsEmpty);
    }

    /// <summary>An encoding is made for the first receiver of a kind; what the second gets is the same bytes, not made again.</summary>
    [Fact]
    public void A_message_is_encoded_once_for_all_receivers_of_a_kind_and_kept_once_for_all_that_keep_it()
    {
        var publish = TestMessages.Publish("t");
        var head = publish.Head(ProtocolVersion.V311, QualityOfService.AtLeastOnce, retain: false, subscriptionIds: null, out var packetIdOffset);
        head[packetIdOffset] = 0xAB; // a mark that encoding again would wipe out
        Assert.Equal(0xAB, publish.Head(ProtocolVersion.V311, QualityOfService.AtLeastOnce, retain: false, subscriptionIds: null, out _)[packetIdOffset]);
        Assert.Same(publish.Keep(), publish.Keep());
    }
}
