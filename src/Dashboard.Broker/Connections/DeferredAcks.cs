using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>
/// The acknowledgements of one connection, in the order of what they acknowledge [MQTT-4.6.0-2]
/// [MQTT-4.6.0-3] [MQTT-4.6.0-4]. One whose message must survive a restart goes out when it is committed, and those after it wait behind it.
/// </summary>
internal sealed class DeferredAcks(ClientConnection connection, IBrokerStore store, IBrokerObserver observer) : ICommitWaiter
{
    private readonly Lock _gate = new();
    private readonly Queue<Waiting> _waiting = [];
    private volatile bool _isWaiting;

    private JourneyTeller Journeys => new(observer, clientId: null);

    /// <summary>Sends now, or when what the batch needs is committed.</summary>
    public void Send(PacketType type, ushort packetId, ReasonCode reason, long journey, DeliveryBatch batch)
    {
        if (!_isWaiting && batch.NeededGeneration <= store.Committed)
        {
            Write(new Waiting(0, type, packetId, reason, journey), batch);
            return;
        }

        Journeys.Step(journey, JourneyStage.Held);
        lock (_gate)
        {
            _waiting.Enqueue(new Waiting(batch.NeededGeneration, type, packetId, reason, journey));
            if (_isWaiting)
            {
                return;
            }

            _isWaiting = true;
        }

        store.WhenCommitted(batch.NeededGeneration, this);
    }

    public void Committed(long generation)
    {
        var batch = new DeliveryBatch();
        var next = 0L;
        lock (_gate)
        {
            while (_waiting.TryPeek(out var first))
            {
                if (first.Generation > store.Committed)
                {
                    next = first.Generation;
                    break;
                }

                Write(_waiting.Dequeue(), batch);
            }

            _isWaiting = next != 0;
        }

        batch.Flush();
        if (next != 0)
        {
            store.WhenCommitted(next, this);
        }
    }

    private void Write(in Waiting ack, DeliveryBatch batch)
    {
        Span<byte> packet = stackalloc byte[AckWriter.MaxLength];
        var length = AckWriter.Write(packet, ack.Type, ack.PacketId, ack.Reason, connection.Version);
        if (length > connection.MaximumPacketSize && ack.Reason < ReasonCode.UnspecifiedError)
        {
            length = AckWriter.Write(packet, ack.Type, ack.PacketId, ReasonCode.Success, connection.Version); // that nobody is subscribed need not be said
        }

        connection.Send(packet[..length], default, batch);
        Journeys.Acknowledged(ack.Journey, ack.Type, connection.Version == ProtocolVersion.V500 ? ack.Reason : ReasonCode.Success); // before 5.0 there is no word in it
    }

    private readonly record struct Waiting(long Generation, PacketType Type, ushort PacketId, ReasonCode Reason, long Journey);
}
