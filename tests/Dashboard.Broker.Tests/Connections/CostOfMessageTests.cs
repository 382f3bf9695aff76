using System.Buffers.Binary;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Connections;

/// <summary>What a message costs from the bytes of a read to the bytes of a send, in facts that no busy machine changes.</summary>
public sealed class CostOfMessageTests
{
    private const int WarmUp = 2_000;
    private const int Messages = 5_000;

    private readonly EngineHost _engine = new();

    /// <summary>All four packets of QoS 2 towards both sides included.</summary>
    [Theory, Versions]
    public void A_message_that_is_published_delivered_and_acknowledged_costs_no_allocation(ProtocolVersion version)
    {
        foreach (var qos in Enum.GetValues<QualityOfService>())
        {
            var publisher = _engine.Connect($"p{qos}", version);
            var subscriber = _engine.Connect($"s{qos}", version);
            subscriber.Subscribe($"t/{qos}", qos);
            var exchange = new Exchange(publisher, subscriber, $"t/{qos}", qos, version);
            exchange.Run(WarmUp);
            Assert.Equal((qos, 0L), (qos, Allocated(() => exchange.Run(Messages))));
            Assert.True(subscriber.Publishes >= WarmUp + Messages);
        }
    }

    /// <summary>More than the shared pool of arrays holds of one size.</summary>
    [Theory, Versions]
    public void Hundreds_of_messages_in_flight_at_once_cost_no_allocation_either(ProtocolVersion version)
    {
        const int InFlight = 500;
        var publisher = _engine.Connect("p", version);
        var subscriber = _engine.Connect("s", version);
        subscriber.Subscribe("t", QualityOfService.AtLeastOnce);
        var exchange = new Exchange(publisher, subscriber, "t", QualityOfService.AtLeastOnce, version);
        exchange.RunTogether(InFlight);
        exchange.RunTogether(InFlight);

        Assert.Equal(0, Allocated(() => exchange.RunTogether(InFlight)));
    }

    [Fact]
    public void A_message_that_no_open_page_watches_costs_no_allocation_either()
    {
        using var page = _engine.Streams.Open("elsewhere/#");
        var publisher = _engine.Connect("p", ProtocolVersion.V500);
        var subscriber = _engine.Connect("s", ProtocolVersion.V500);
        subscriber.Subscribe("t", QualityOfService.AtMostOnce);
        var exchange = new Exchange(publisher, subscriber, "t", QualityOfService.AtMostOnce, ProtocolVersion.V500);
        exchange.Run(WarmUp);

        Assert.Equal(0, Allocated(() => exchange.Run(Messages)));
    }

    [Theory, Versions]
    public void All_messages_of_one_read_are_one_send_to_each_receiver(ProtocolVersion version)
    {
        const int Receivers = 10;
        const int InOneRead = 100;
        var publisher = _engine.Connect("p", version);
        var subscribers = Enumerable.Range(0, Receivers).Select(i => _engine.Connect($"s{i}", version)).ToList();
        subscribers.ForEach(subscriber => subscriber.Subscribe("t", QualityOfService.AtMostOnce));
        var before = subscribers.ConvertAll(subscriber => subscriber.Sends);
        var packet = Wire.Encode(version, new PublishPacket { Topic = "t", Payload = new byte[64] });

        publisher.Feed(Enumerable.Repeat(packet, InOneRead).SelectMany(bytes => bytes).ToArray());

        Assert.All(subscribers.Zip(before), pair => Assert.Equal((InOneRead, 1), (pair.First.Publishes, pair.First.Sends - pair.Second)));
    }

    [Theory, Versions]
    public void The_acknowledgements_of_one_read_are_one_send(ProtocolVersion version)
    {
        var publisher = _engine.Connect("p", version);
        _engine.Connect("s", version).Subscribe("t", QualityOfService.AtLeastOnce);
        var before = publisher.Sends;
        var packets = Enumerable.Range(1, 100).SelectMany(id => Wire.Encode(version, new PublishPacket { Topic = "t", Payload = new byte[64], QoS = QualityOfService.AtLeastOnce, PacketId = (ushort)id }));

        publisher.Feed(packets.ToArray());

        Assert.Equal(1, publisher.Sends - before);
    }

    [Theory, Versions]
    public void One_that_never_reads_costs_its_limit_and_nobody_else_a_message(ProtocolVersion version)
    {
        var publisher = _engine.Connect("p", version);
        var fast = _engine.Connect("fast", version);
        var stuck = _engine.Connect("stuck", version);
        var greedy = _engine.Connect("greedy", version);
        fast.Subscribe("t", QualityOfService.AtMostOnce);
        stuck.Subscribe("t", QualityOfService.AtMostOnce);
        greedy.Subscribe("#", QualityOfService.AtMostOnce);
        stuck.StopReading();
        greedy.StopReading();
        var payload = new byte[64 * 1024];
        var packet = Wire.Encode(version, new PublishPacket { Topic = "t", Payload = payload });
        var count = 3 * _engine.Options.MaxOutboxBytes / payload.Length;

        for (var i = 0; i < count; i++)
        {
            publisher.Feed(packet);
        }

        Assert.Equal(count, fast.Publishes);
        Assert.All([stuck, greedy], slow => Assert.InRange(slow.Waiting, _engine.Options.MaxOutboxBytes / 2, _engine.Options.MaxOutboxBytes));
        Assert.Equal((count - stuck.Publishes, count - greedy.Publishes), ((int)_engine.DroppedFor("stuck"), (int)_engine.DroppedFor("greedy")));
        Assert.Equal(_engine.DroppedFor("stuck") + _engine.DroppedFor("greedy"), _engine.Hits(Limit.MaxOutboxBytes));

        Assert.Equal(0, Allocated(() => publisher.Feed(packet)));
    }

    /// <summary>
    /// Bytes allocated by this thread, the least of several rounds: what a message costs is there in each of them, what the
    /// runtime itself allocates while it compiles the code again is not.
    /// </summary>
    private static long Allocated(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 10 && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>One message after the other from publisher to subscriber, with all acknowledgements. Packets are encoded once and patched.</summary>
    private sealed class Exchange(MemoryClient publisher, MemoryClient subscriber, string topic, QualityOfService qos, ProtocolVersion version)
    {
        private const int PubAck = 0x40;
        private const int PubRec = 0x50;
        private const int PubRel = 0x62;
        private const int PubComp = 0x70;

        private readonly byte[] _publish = Wire.Encode(version, new PublishPacket { Topic = topic, Payload = new byte[64], QoS = qos, PacketId = 1 });
        private readonly byte[] _ack = [PubAck, 2, 0, 0];
        private ushort _id;

        public void Run(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Next();
            }
        }

        /// <summary>All of them are published before the first is acknowledged.</summary>
        public void RunTogether(int count)
        {
            var first = _id;
            for (var i = 0; i < count; i++)
            {
                Publish();
            }

            _id = first;
            for (var i = 0; i < count; i++)
            {
                _id++;
                Feed(subscriber, PubAck);
            }
        }

        private void Publish()
        {
            _id++; // The broker counts from 1 too.
            if (qos > QualityOfService.AtMostOnce)
            {
                BinaryPrimitives.WriteUInt16BigEndian(_publish.AsSpan(4 + topic.Length), _id);
            }

            publisher.Feed(_publish);
        }

        private void Next()
        {
            Publish();
            switch (qos)
            {
                case QualityOfService.AtLeastOnce:
                    Feed(subscriber, PubAck);
                    break;
                case QualityOfService.ExactlyOnce:
                    Feed(publisher, PubRel);
                    Feed(subscriber, PubRec);
                    Feed(subscriber, PubComp);
                    break;
            }
        }

        private void Feed(MemoryClient client, byte first)
        {
            _ack[0] = first;
            BinaryPrimitives.WriteUInt16BigEndian(_ack.AsSpan(2), _id);
            client.Feed(_ack);
        }
    }
}
