using System.Buffers.Binary;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>
/// How a message above QoS 0 gets its packet identifier and goes out: within the receive maximum, when what it needs is
/// committed, and once more on the next connection. Not thread-safe: the session's lock guards it.
/// </summary>
internal sealed class InflightDelivery(SessionJournal journal, ReliableDelivery delivery)
{
    private bool _awaitsCommit;

    public InflightWindow Window { get; } = new();

    private JourneyTeller Journeys => delivery.Journeys;

    /// <summary>
    /// Whether one more message may get an identifier: what is held counts as if it were sent. Nothing but a message above
    /// QoS 0 has to ask [MQTT-3.3.4-10] [MQTT-4.9.0-3].
    /// </summary>
    public bool CanSend(IClientConnection connection) =>
        Window.Count < connection.ReceiveMaximum && Window.HasIdentifier && connection.HasRoom; // [MQTT-3.3.4-9] [MQTT-4.9.0-1] [MQTT-4.9.0-2]

    /// <summary>A new connection: what is in flight is sent again, PUBREL at once and messages in their turn.</summary>
    public void BeginResend(IClientConnection connection, DeliveryBatch batch)
    {
        foreach (var (packetId, _, _) in Window.InOrder().Where(entry => entry.State == InflightState.AwaitingPubComp))
        {
            DeliveryPackets.SendPubRel(connection, packetId, batch); // [MQTT-4.6.0-4]
        }

        Window.BeginResend();
    }

    /// <summary>Sends a message that just came, whose bytes are there, or holds it until it may go.</summary>
    public void Send(IClientConnection connection, OutboundMessage outbound, Span<byte> head, int packetIdOffset, ReadOnlySpan<byte> payload, DeliveryBatch batch)
    {
        outbound.Message.AddReference();
        var packetId = Window.NextId; // [MQTT-4.3.2-1] [MQTT-4.3.3-1] [MQTT-4.3.2-1, 3.1.1] [MQTT-4.3.3-1, 3.1.1]
        outbound = journal.Add(outbound, packetId, out var generation);
        batch.Needs(generation);
        if (MustHold(outbound.QoS, generation))
        {
            Hold(outbound, generation);
            return;
        }

        Window.Add(outbound);
        BinaryPrimitives.WriteUInt16BigEndian(head[packetIdOffset..], packetId);
        connection.Send(head, payload, batch);
        Journeys.Step(outbound.Journey, JourneyStage.Sent);
    }

    /// <summary>Sends a message that has waited, with its reference.</summary>
    /// <returns>False when it has expired meanwhile.</returns>
    public bool SendWaiting(IClientConnection connection, in OutboundMessage outbound, DeliveryBatch batch)
    {
        if (outbound.Message.HasExpired(batch.Now))
        {
            journal.Remove(outbound);
            Journeys.Step(outbound.Journey, JourneyStage.Expired);
            outbound.Message.Release();
            return false; // [MQTT-3.3.2-5]
        }

        var packetId = Window.NextId;
        var generation = journal.Sent(outbound, packetId);
        if (MustHold(outbound.QoS, generation))
        {
            Hold(outbound, generation);
            return true;
        }

        Window.Add(outbound);
        SendInflight(connection, packetId, outbound, dup: false, batch);
        return true;
    }

    /// <summary>Sends what has an identifier already, in order; what is not committed yet holds back what follows.</summary>
    public void SendUnsent(IClientConnection connection, DeliveryBatch batch)
    {
        while (Window.TryPeekUnsent(out var generation))
        {
            if (!journal.IsCommitted(generation))
            {
                AwaitCommit(generation);
                return;
            }

            if (Window.Count - Window.Unsent >= connection.ReceiveMaximum || !connection.HasRoom)
            {
                return; // [MQTT-3.3.4-9]
            }

            Window.TryTakeUnsent(out var packetId, out var message, out var isAgain);
            SendInflight(connection, packetId, message, isAgain, batch); // [MQTT-3.3.1-1], also when it has expired by now [MQTT-4.3.3-7]
        }
    }

    /// <summary>What was waited for is committed.</summary>
    public void Committed() => _awaitsCommit = false;

    /// <summary>
    /// Exactly once, also through a crash: a QoS 2 message goes out only when it is committed with its packet identifier.
    /// Otherwise it could go out, be forgotten, be sent again by its publisher, and go out under another identifier.
    /// </summary>
    private bool MustHold(QualityOfService qos, long generation) =>
        Window.Unsent > 0 || (qos == QualityOfService.ExactlyOnce && !journal.IsCommitted(generation));

    private void Hold(in OutboundMessage outbound, long generation)
    {
        Journeys.Step(outbound.Journey, JourneyStage.Held);
        var needed = outbound.QoS == QualityOfService.ExactlyOnce ? generation : 0;
        Window.Hold(outbound, needed);
        AwaitCommit(needed);
    }

    /// <summary>One call back is enough: it looks for the next to wait for.</summary>
    private void AwaitCommit(long generation)
    {
        if (!_awaitsCommit && !journal.IsCommitted(generation))
        {
            _awaitsCommit = true;
            journal.WhenCommitted(generation, delivery);
        }
    }

    /// <summary>A message that is too large for the client counts as delivered [MQTT-3.1.2-25].</summary>
    private void SendInflight(IClientConnection connection, ushort packetId, in OutboundMessage outbound, bool dup, DeliveryBatch batch)
    {
        if (DeliveryPackets.SendPublish(connection, packetId, outbound, dup, batch))
        {
            Journeys.Step(outbound.Journey, dup ? JourneyStage.SentAgain : JourneyStage.Sent);
            return;
        }

        Journeys.Step(outbound.Journey, JourneyStage.TooLarge);
        journal.Remove(outbound);
        Window.Remove(packetId);
    }
}
