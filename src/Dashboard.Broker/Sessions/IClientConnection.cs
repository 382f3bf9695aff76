using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>What a session needs of the network connection that serves it now.</summary>
internal interface IClientConnection
{
    ProtocolVersion Version { get; }

    /// <summary>QoS 1 and 2 messages that the client takes before it acknowledges one; already limited by the options.</summary>
    int ReceiveMaximum { get; }

    /// <summary>Bytes of the largest packet that the client accepts [MQTT-3.1.2-24].</summary>
    long MaximumPacketSize { get; }

    /// <summary>False while so much waits to be sent that nothing more should be started.</summary>
    bool HasRoom { get; }

    /// <summary>Answers the CONNECT; called once, before anything else is sent.</summary>
    void Accept(Session session, bool sessionPresent, DeliveryBatch batch);

    /// <summary>Takes a QoS 0 message unless too much waits already; false means that it was dropped.</summary>
    bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch);

    /// <summary>Takes a packet that must not be dropped. The caller has its own limit on how many there can be.</summary>
    void Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch);

    /// <summary>Says goodbye with a reason and closes; returns at once, the caller never waits for the socket.</summary>
    void Close(ReasonCode reason, EventText cause);
}
