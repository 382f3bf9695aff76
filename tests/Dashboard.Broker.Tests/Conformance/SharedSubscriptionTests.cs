using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class SharedSubscriptionTests : BrokerTest
{
    [Theory, Versions]
    public async Task Each_message_goes_to_one_member_and_all_get_their_share(ProtocolVersion version)
    {
        var members = await MembersAsync(version, 3, "$share/g/a/+");
        var publisher = await ConnectAsync(version);
        for (var i = 0; i < 30; i++)
        {
            await publisher.PublishAsync(Message("a/b", $"{i}"));
        }

        var received = new List<PublishPacket>();
        foreach (var member in members)
        {
            var own = await DrainAsync(member);
            Assert.Equal(10, own.Count);
            received.AddRange(own);
        }

        Assert.Equal(30, received.Select(message => Convert.ToHexString(message.Payload)).Distinct().Count());
    }

    [Theory, Versions]
    public async Task Other_groups_and_plain_subscriptions_get_their_own_copy(ProtocolVersion version)
    {
        var first = (await MembersAsync(version, 1, "$share/g1/a"))[0];
        var second = (await MembersAsync(version, 1, "$share/g2/a"))[0];
        var plain = (await MembersAsync(version, 1, "a"))[0];
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a"));
        foreach (var client in new[] { first, second, plain })
        {
            await client.ExpectMessageAsync("a", "hi");
            await client.ExpectNothingAsync();
        }
    }

    [Theory, Versions]
    public async Task The_same_name_with_another_filter_is_another_group(ProtocolVersion version)
    {
        var one = (await MembersAsync(version, 1, "$share/g/a/#"))[0];
        var two = (await MembersAsync(version, 1, "$share/g/a/b"))[0];
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a/b"));
        await one.ExpectMessageAsync("a/b", "hi");
        await two.ExpectMessageAsync("a/b", "hi");
    }

    [Theory, Versions]
    [Statement("5.0", "MQTT-4.8.2-3")]
    public async Task Each_member_gets_its_own_qos(ProtocolVersion version)
    {
        var publisher = await ConnectAsync(version);
        var low = await ConnectAsync(version);
        await low.SubscribeAsync("$share/g/a", AtMostOnce);
        var high = await ConnectAsync(version);
        await high.SubscribeAsync("$share/g/a", ExactlyOnce);
        for (var i = 0; i < 4; i++)
        {
            await publisher.PublishAsync(Message("a", qos: AtLeastOnce));
        }

        Assert.Equal([AtMostOnce, AtMostOnce], (await DrainAsync(low)).Select(message => message.QoS));
        Assert.Equal([AtLeastOnce, AtLeastOnce], (await DrainAsync(high)).Select(message => message.QoS));
    }

    [Theory, Versions]
    public async Task Retained_messages_are_not_sent_to_a_shared_subscription(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.PublishAsync(Message("a", retain: true));
        await client.SubscribeAsync("$share/g/a");
        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task A_member_that_has_gone_offline_is_passed_over(ProtocolVersion version)
    {
        var gone = await ConnectAsync(Continuing(version, "gone"));
        await gone.SubscribeAsync("$share/g/a", AtLeastOnce);
        var member = (await MembersAsync(version, 1, "$share/g/a", AtLeastOnce))[0];
        await gone.DisconnectAsync();
        await UntilGoneAsync("gone");
        var publisher = await ConnectAsync(version);
        for (var i = 0; i < 4; i++)
        {
            await publisher.PublishAsync(Message("a", $"{i}", AtLeastOnce));
            await member.ExpectMessageAsync("a", $"{i}");
        }

        gone = await ConnectAsync(Continuing(version, "gone"));
        await gone.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task With_all_members_offline_one_of_them_keeps_the_message(ProtocolVersion version)
    {
        foreach (var id in new[] { "x", "y" })
        {
            var member = await ConnectAsync(Continuing(version, id));
            await member.SubscribeAsync("$share/g/a", AtLeastOnce);
            await member.DisconnectAsync();
            await UntilGoneAsync(id);
        }

        var publisher = await ConnectAsync(version);
        for (var i = 0; i < 4; i++)
        {
            await publisher.PublishAsync(Message("a", $"{i}", AtLeastOnce));
        }

        var x = await DrainAsync(await ConnectAsync(Continuing(version, "x")));
        var y = await DrainAsync(await ConnectAsync(Continuing(version, "y")));
        Assert.Equal(4, x.Concat(y).Select(message => message.Payload[0]).Distinct().Count());
        Assert.Equal(4, x.Count + y.Count);
    }

    [Theory, Versions]
    public async Task A_member_that_unsubscribes_gets_no_more(ProtocolVersion version)
    {
        var members = await MembersAsync(version, 2, "$share/g/a");
        await members[0].UnsubscribeAsync("$share/g/a");
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", "1"));
        await publisher.PublishAsync(Message("a", "2"));
        Assert.Empty(await DrainAsync(members[0]));
        Assert.Equal(2, (await DrainAsync(members[1])).Count);
    }

    [Theory, Versions]
    [Statement("5.0", "MQTT-4.8.2-4", "MQTT-4.8.2-5")]
    public async Task A_qos_2_message_that_was_begun_stays_with_its_member(ProtocolVersion version)
    {
        var member = await ConnectAsync(Continuing(version, "m"));
        await member.SubscribeAsync("$share/g/a", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", qos: ExactlyOnce));
        var message = await member.ExpectMessageAsync("a", "hi");
        var other = (await MembersAsync(version, 1, "$share/g/a", ExactlyOnce))[0];
        member.Abort();
        await UntilGoneAsync("m");
        await other.ExpectNothingAsync();

        member = await ConnectAsync(Continuing(version, "m"));
        var again = await member.ExpectMessageAsync("a", "hi");
        Assert.Equal((true, message.PacketId), (again.Dup, again.PacketId));
        member.Abort();
        await UntilGoneAsync("m");
        await ConnectAsync(version, "m");
        await other.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task What_a_member_had_not_acknowledged_goes_to_another_when_its_session_ends(ProtocolVersion version)
    {
        var leaver = await ConnectAsync(version);
        await leaver.SubscribeAsync("$share/g/a/#", AtLeastOnce);
        var publisher = await ConnectAsync(version);
        foreach (var payload in (string[])["1", "2", "3"])
        {
            await publisher.PublishAsync(Message("a/b", payload, AtLeastOnce));
        }

        await leaver.AcknowledgeAsync(await leaver.ExpectMessageAsync("a/b", "1"));
        Assert.Equal(2, (await DrainAsync(leaver)).Count);
        var other = (await MembersAsync(version, 1, "$share/g/a/#", AtLeastOnce))[0];
        leaver.Abort();
        foreach (var payload in (string[])["2", "3"])
        {
            var message = await other.ExpectMessageAsync("a/b", payload);
            Assert.Equal((false, AtLeastOnce), (message.Dup, message.QoS));
        }

        await other.ExpectNothingAsync();
    }

    [Theory, Versions(AtLeastOnce, ExactlyOnce)]
    public async Task What_waited_for_an_offline_member_goes_to_another_when_its_session_ends(ProtocolVersion version, QualityOfService qos)
    {
        var leaver = await ConnectAsync(Continuing(version, "leaver"));
        await leaver.SubscribeAsync("$share/g/a", ExactlyOnce);
        await leaver.DisconnectAsync();
        await UntilGoneAsync("leaver");
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", "1", qos));
        await publisher.PublishAsync(Message("a", "2", qos));
        if (Storage == StorageKind.Sqlite)
        {
            await RestartAsync();
        }

        var other = (await MembersAsync(version, 1, "$share/g/a", ExactlyOnce))[0];
        await other.ExpectNothingAsync();
        await ConnectAsync(version, "leaver"); // with a clean start
        await other.ExpectMessageAsync("a", "1");
        await other.ExpectMessageAsync("a", "2");
        await other.ExpectNothingAsync();
    }

    [Fact]
    public async Task What_a_member_leaves_behind_waits_for_a_member_that_is_offline_and_keeps_its_expiry()
    {
        foreach (var id in (string[])["x", "y"])
        {
            var member = await ConnectAsync(Continuing(ProtocolVersion.V500, id, expiry: id == "x" ? 10u : 100u));
            await member.SubscribeAsync("$share/g/a", AtLeastOnce);
            await member.DisconnectAsync();
            await UntilGoneAsync(id);
        }

        var publisher = await ConnectAsync(ProtocolVersion.V500);
        foreach (var expiry in (uint[])[60, 60, 5, 5])
        {
            await publisher.PublishAsync(Message("a", $"{expiry}", AtLeastOnce, properties: new Properties { MessageExpiryInterval = expiry, ContentType = "c" }));
        }

        Host.Pass(TimeSpan.FromSeconds(11));
        var y = await ConnectAsync(Continuing(ProtocolVersion.V500, "y"));
        var received = await DrainAsync(y);
        Assert.Equal(["60", "60"], received.Select(message => System.Text.Encoding.UTF8.GetString(message.Payload)));
        Assert.All(received, message => Assert.Equal((49u, "c"), (message.Properties?.MessageExpiryInterval, message.Properties?.ContentType)));
    }

    [Fact]
    [Statement("5.0", "MQTT-4.8.2-6")]
    public async Task A_message_that_a_member_refuses_is_offered_to_no_other()
    {
        var member = await ConnectAsync(ProtocolVersion.V500);
        await member.SubscribeAsync("$share/g/a", AtLeastOnce);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", qos: AtLeastOnce));
        var message = await member.ExpectMessageAsync("a", "hi");
        var other = (await MembersAsync(ProtocolVersion.V500, 1, "$share/g/a", AtLeastOnce))[0];
        await member.SendAsync(new AckPacket(PacketType.PubAck, message.PacketId, ReasonCode.UnspecifiedError));
        await member.ExpectNothingAsync();
        await other.ExpectNothingAsync();
    }

    [Fact]
    public async Task Subscription_identifiers_come_with_shared_subscriptions()
    {
        var member = await ConnectAsync(ProtocolVersion.V500);
        await member.SubscribeAsync([new("$share/g/a")], new Properties { SubscriptionIdentifiers = [9] });
        await member.SendAsync(Message("a"));
        Assert.Equal([9u], (await member.ExpectMessageAsync("a", "hi")).Properties?.SubscriptionIdentifiers);
    }

    [Theory, Versions]
    public async Task Dollar_topics_are_hidden_from_shared_wildcards_too(ProtocolVersion version)
    {
        var member = (await MembersAsync(version, 1, "$share/g/#"))[0];
        await member.PublishAsync(Message("$hidden/a"));
        await member.ExpectNothingAsync();
    }

    private async Task<List<RawClient>> MembersAsync(ProtocolVersion version, int count, string filter, QualityOfService qos = AtMostOnce)
    {
        var members = new List<RawClient>();
        for (var i = 0; i < count; i++)
        {
            members.Add(await ConnectAsync(version));
            await members[^1].SubscribeAsync(filter, qos);
        }

        return members;
    }

    private static async Task<List<PublishPacket>> DrainAsync(RawClient client)
    {
        var received = new List<PublishPacket>();
        await client.SendAsync(PacketType.PingReq);
        while (await client.ReceiveAsync() is PublishPacket message)
        {
            received.Add(message);
        }

        return received;
    }
}
