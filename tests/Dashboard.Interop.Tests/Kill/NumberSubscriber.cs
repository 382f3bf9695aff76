using System.Globalization;
using System.Text;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Interop.Tests.Kill;

/// <summary>Subscribes with a session that is kept, acknowledges as the standard asks, and writes down every number that is new to it.</summary>
internal sealed class NumberSubscriber(string clientId, string filter)
{
    private readonly HashSet<ushort> _received = [];
    private readonly Dictionary<string, List<int>> _numbers = [];
    private bool _hasSubscribed;

    /// <summary>The numbers that came on a topic, in the order they came.</summary>
    public IReadOnlyList<int> NumbersOn(string topic)
    {
        lock (_numbers)
        {
            return [.. _numbers.GetValueOrDefault(topic) ?? []];
        }
    }

    /// <summary>Subscribes; from then on the session is there.</summary>
    public async Task Subscribe(int port, CancellationToken cancellation)
    {
        var (wire, _) = await Wire.Connect(port, clientId, cancellation);
        using (wire)
        {
            await wire.Send(output => PacketEncoder.Write(output, ProtocolVersion.V500, new SubscribePacket(1, [new SubscriptionRequest(filter, QualityOfService.ExactlyOnce)])));
            var (first, _) = await wire.Receive(cancellation);
            Assert.Equal(PacketType.SubAck, (PacketType)(first >> 4));
        }

        _hasSubscribed = true;
    }

    /// <summary>Receives until told to stop; a connection that breaks is made anew.</summary>
    public async Task Run(int port, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var (wire, answer) = await Wire.Connect(port, clientId, stop);
                using (wire)
                {
                    Assert.True(_hasSubscribed && answer.SessionPresent, $"the session of {clientId} was lost");
                    while (true)
                    {
                        await Handle(wire, await wire.Receive(stop));
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                await Task.Delay(20, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Handle(Wire wire, (byte First, byte[] Body) packet)
    {
        switch ((PacketType)(packet.First >> 4))
        {
            case PacketType.Publish:
                Assert.True(PacketDecoder.TryReadPublish((byte)(packet.First & 0x0F), packet.Body, ProtocolVersion.V500, out var publish, out var error), error.Message);
                await Take(wire, publish);
                break;
            case PacketType.PubRel:
                Assert.True(PacketDecoder.TryReadAck(packet.First, packet.Body, ProtocolVersion.V500, out var release, out _));
                _received.Remove(release.PacketId);
                await Answer(wire, PacketType.PubComp, release.PacketId);
                break;
            default:
                Assert.Fail($"unexpected packet {packet.First >> 4}");
                break;
        }
    }

    private async Task Take(Wire wire, PublishPacket publish)
    {
        var isExactlyOnce = publish.QoS == QualityOfService.ExactlyOnce;
        if (!isExactlyOnce || _received.Add(publish.PacketId))
        {
            lock (_numbers)
            {
                if (!_numbers.TryGetValue(publish.Topic, out var numbers))
                {
                    _numbers[publish.Topic] = numbers = [];
                }

                numbers.Add(int.Parse(Encoding.ASCII.GetString(publish.Payload), CultureInfo.InvariantCulture));
            }
        }

        await Answer(wire, isExactlyOnce ? PacketType.PubRec : PacketType.PubAck, publish.PacketId);
    }

    private static Task Answer(Wire wire, PacketType type, ushort packetId) =>
        wire.Send(output => PacketEncoder.Write(output, ProtocolVersion.V500, new AckPacket(type, packetId)));
}
