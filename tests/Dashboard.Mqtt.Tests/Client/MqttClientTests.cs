using Dashboard.Mqtt.Client;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Client;

/// <summary>The client with a server that others wrote.</summary>
public sealed class MqttClientTests(Mosquitto server) : IClassFixture<Mosquitto>
{
    private static CancellationToken Timeout => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public static TheoryData<ProtocolVersion, QualityOfService, bool> Ways
    {
        get
        {
            var ways = new TheoryData<ProtocolVersion, QualityOfService, bool>();
            foreach (var version in Enum.GetValues<ProtocolVersion>())
            {
                foreach (var qos in Enum.GetValues<QualityOfService>())
                {
                    ways.Add(version, qos, false);
                    ways.Add(version, qos, true);
                }
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_message_arrives_in_every_version_and_QoS_over_TCP_and_WebSocket(ProtocolVersion version, QualityOfService qos, bool webSocket)
    {
        var topic = $"way/{version}/{qos}/{webSocket}";
        await using var client = await ConnectAsync(new ConnectPacket { Version = version, ClientId = topic }, webSocket);
        var granted = await client.SubscribeAsync(topic, qos, Timeout);
        Assert.Equal([(ReasonCode)qos], granted.Reasons);

        var ack = await client.PublishAsync(new PublishPacket { Topic = topic, Payload = [1, 2, 3], QoS = qos }, Timeout);
        var message = await client.Messages.ReadAsync(Timeout);

        Assert.Equal(
            qos switch
            {
                QualityOfService.AtMostOnce => null,
                QualityOfService.AtLeastOnce => PacketType.PubAck,
                _ => (PacketType?)PacketType.PubComp,
            },
            ack?.Type);
        Assert.Equal((topic, qos), (message.Topic, message.QoS));
        Assert.Equal([1, 2, 3], message.Payload);
        await client.DisconnectAsync(cancellationToken: Timeout);
        Assert.Null(await client.Closed.WaitAsync(Timeout));
        Assert.False(await client.Messages.WaitToReadAsync(Timeout));
    }

    [Fact]
    public async Task Properties_pass_through_unchanged()
    {
        await using var client = await ConnectAsync(new ConnectPacket { ClientId = "properties" });
        var options = new SubscriptionRequest("properties/#", QualityOfService.AtLeastOnce);
        await client.SubscribeAsync([options], new Properties { SubscriptionIdentifiers = [300] }, Timeout);
        var properties = new Properties
        {
            ContentType = "text/plain",
            ResponseTopic = "re/ply",
            CorrelationData = [0, 255],
            PayloadFormatIsUtf8 = true,
            UserProperties = [new("b", "1"), new("a", "grüße")],
        };

        await client.PublishAsync(new PublishPacket { Topic = "properties/1", QoS = QualityOfService.AtLeastOnce, Properties = properties }, Timeout);
        var message = await client.Messages.ReadAsync(Timeout);

        properties.SubscriptionIdentifiers = [300];
        Assert.Equivalent(properties, message.Properties, strict: true);
    }

    [Fact]
    public async Task Many_messages_arrive_in_order()
    {
        const int count = 5_000;
        await using var client = await ConnectAsync(new ConnectPacket { ClientId = "many" });
        await client.SubscribeAsync("many", QualityOfService.AtLeastOnce, Timeout);

        var answers = Enumerable.Range(0, count).Select(number =>
            client.PublishAsync(new PublishPacket { Topic = "many", QoS = QualityOfService.AtLeastOnce, Payload = BitConverter.GetBytes(number) }, Timeout));
        await Task.WhenAll(answers);

        for (var number = 0; number < count; number++)
        {
            var message = await client.Messages.ReadAsync(Timeout);
            Assert.Equal(number, BitConverter.ToInt32(message.Payload));
        }
    }

    [Fact]
    public async Task Unsubscribed_filters_are_answered_one_by_one()
    {
        await using var client = await ConnectAsync(new ConnectPacket { ClientId = "unsubscribe" });
        await client.SubscribeAsync("a", cancellationToken: Timeout);

        var answer = await client.UnsubscribeAsync(["a", "b"], cancellationToken: Timeout);

        Assert.Equal([ReasonCode.Success, ReasonCode.NoSubscriptionExisted], answer.Reasons);
    }

    [Fact]
    public async Task A_client_that_vanishes_leaves_its_will_and_one_that_says_goodbye_does_not()
    {
        await using var watcher = await ConnectAsync(new ConnectPacket { ClientId = "watcher" });
        await watcher.SubscribeAsync("will/+", cancellationToken: Timeout);
        var polite = await ConnectAsync(new ConnectPacket { ClientId = "polite", Will = new WillMessage("will/polite", [], 0, false) });
        await polite.DisconnectAsync(cancellationToken: Timeout);
        await polite.DisposeAsync();

        var rude = await ConnectAsync(new ConnectPacket { ClientId = "rude", Will = new WillMessage("will/rude", [], 0, false) });
        await rude.DisposeAsync();

        Assert.Equal("will/rude", (await watcher.Messages.ReadAsync(Timeout)).Topic);
    }

    [Fact]
    public async Task Acknowledgements_can_be_left_to_the_caller()
    {
        var options = new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = server.Port,
            Connect = new ConnectPacket { ClientId = "manual", Properties = new Properties { ReceiveMaximum = 1 } },
            AutomaticAcknowledgement = false,
        };
        await using var client = await MqttClient.ConnectAsync(options, Timeout);
        await client.SubscribeAsync("manual", QualityOfService.AtLeastOnce, Timeout);
        await client.PublishAsync(new PublishPacket { Topic = "manual", QoS = QualityOfService.AtLeastOnce, Payload = [1] }, Timeout);
        await client.PublishAsync(new PublishPacket { Topic = "manual", QoS = QualityOfService.AtLeastOnce, Payload = [2] }, Timeout);

        var first = await client.Messages.ReadAsync(Timeout);
        await client.SubscribeAsync("another answer after which the second message would have come", cancellationToken: Timeout);
        Assert.False(client.Messages.TryRead(out _));
        await client.AcknowledgeAsync(new AckPacket(PacketType.PubAck, first.PacketId), Timeout);

        Assert.Equal([2], (await client.Messages.ReadAsync(Timeout)).Payload);
    }

    private Task<MqttClient> ConnectAsync(ConnectPacket connect, bool webSocket = false) =>
        MqttClient.ConnectAsync(
            new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = server.Port,
                WebSocketUri = webSocket ? new Uri($"ws://127.0.0.1:{server.WebSocketPort}/mqtt") : null,
                Connect = connect,
            },
            Timeout);
}
