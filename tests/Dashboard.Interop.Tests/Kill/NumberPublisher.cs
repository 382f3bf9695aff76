using System.Text;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Interop.Tests.Kill;

/// <summary>
/// Publishes 1, 2, 3 … and never gives one up: after each reconnect it sends again what was not acknowledged, under the same
/// packet identifier, as the standard asks of a client [MQTT-4.4.0-1].
/// </summary>
internal sealed class NumberPublisher(string clientId, string topic, QualityOfService qos)
{
    private const int Window = 8;

    private readonly SortedDictionary<int, bool> _unacknowledged = []; // number -> whether PUBREC has come
    private int _last;

    /// <summary>Numbers up to here are acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Publishes until told to stop; a connection that breaks is made anew.</summary>
    public async Task Run(int port, Func<bool> goesOn, CancellationToken cancellation)
    {
        while (goesOn() || _unacknowledged.Count > 0)
        {
            try
            {
                var (wire, answer) = await Wire.Connect(port, clientId, cancellation);
                using (wire)
                {
                    Assert.True(_last == 0 || answer.SessionPresent, $"the session of {clientId} was lost");
                    await Talk(wire, goesOn, cancellation);
                }
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
            {
                await Task.Delay(20, cancellation);
            }
        }
    }

    private async Task Talk(Wire wire, Func<bool> goesOn, CancellationToken cancellation)
    {
        foreach (var (number, isReceived) in _unacknowledged.ToArray())
        {
            await (isReceived ? Release(wire, number) : Publish(wire, number, dup: true));
        }

        while (true)
        {
            while (goesOn() && _unacknowledged.Count < Window)
            {
                _unacknowledged[++_last] = false;
                await Publish(wire, _last, dup: false);
            }

            if (_unacknowledged.Count == 0)
            {
                return;
            }

            await Handle(wire, await wire.Receive(cancellation));
        }
    }

    private async Task Handle(Wire wire, (byte First, byte[] Body) packet)
    {
        Assert.True(PacketDecoder.TryReadAck(packet.First, packet.Body, ProtocolVersion.V500, out var ack, out var error), error.Message);
        var number = _unacknowledged.Keys.FirstOrDefault(candidate => IdOf(candidate) == ack.PacketId);
        if (number == 0)
        {
            return; // An answer to something that was sent twice.
        }

        if (ack.Type == PacketType.PubRec && ack.Reason < ReasonCode.UnspecifiedError)
        {
            _unacknowledged[number] = true;
            await Release(wire, number);
            return;
        }

        Assert.True(ack.Type == PacketType.PubAck || ack.Reason is ReasonCode.Success or ReasonCode.PacketIdentifierNotFound, $"{ack}");
        _unacknowledged.Remove(number);
        Acknowledged = _unacknowledged.Count == 0 ? _last : _unacknowledged.Keys.First() - 1;
    }

    private Task Publish(Wire wire, int number, bool dup) => wire.Send(output => PacketEncoder.Write(output, ProtocolVersion.V500, new PublishPacket
    {
        Topic = topic,
        Payload = Encoding.ASCII.GetBytes($"{number}"),
        QoS = qos,
        Dup = dup,
        PacketId = IdOf(number),
    }));

    private static Task Release(Wire wire, int number) =>
        wire.Send(output => PacketEncoder.Write(output, ProtocolVersion.V500, new AckPacket(PacketType.PubRel, IdOf(number))));

    private static ushort IdOf(int number) => (ushort)(((number - 1) % 1000) + 1);
}
