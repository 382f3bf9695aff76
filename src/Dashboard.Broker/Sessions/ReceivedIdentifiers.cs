namespace Dashboard.Broker.Sessions;

internal enum ReceivedOutcome
{
    /// <summary>The first time: the message is to be passed on.</summary>
    New,

    /// <summary>Sent again: acknowledge, but do not pass it on [MQTT-4.3.3-10] [MQTT-4.3.3-2, 3.1.1].</summary>
    Again,

    /// <summary>The client sent more than the receive maximum allows [MQTT-3.3.4-7].</summary>
    TooMany,
}

/// <summary>Packet identifiers of QoS 2 messages that came in and were not released yet.</summary>
internal sealed class ReceivedIdentifiers
{
    private readonly HashSet<ushort> _identifiers = [];

    public ReceivedOutcome Add(ushort packetId, int receiveMaximum)
    {
        if (_identifiers.Contains(packetId))
        {
            return ReceivedOutcome.Again;
        }

        if (_identifiers.Count >= receiveMaximum)
        {
            return ReceivedOutcome.TooMany;
        }

        _identifiers.Add(packetId);
        return ReceivedOutcome.New;
    }

    public bool Contains(ushort packetId) => _identifiers.Contains(packetId);

    public bool Remove(ushort packetId) => _identifiers.Remove(packetId);

    public void Clear() => _identifiers.Clear();
}
