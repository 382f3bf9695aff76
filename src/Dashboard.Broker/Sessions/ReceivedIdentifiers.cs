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

/// <summary>Packet identifiers of QoS 2 messages that came in and were not released yet, with the numbers of their journeys.</summary>
internal sealed class ReceivedIdentifiers
{
    private readonly Dictionary<ushort, long> _identifiers = [];

    public ReceivedOutcome Add(ushort packetId, int receiveMaximum)
    {
        if (_identifiers.ContainsKey(packetId))
        {
            return ReceivedOutcome.Again;
        }

        if (_identifiers.Count >= receiveMaximum)
        {
            return ReceivedOutcome.TooMany;
        }

        _identifiers.Add(packetId, 0);
        return ReceivedOutcome.New;
    }

    public bool Contains(ushort packetId) => _identifiers.ContainsKey(packetId);

    /// <summary>Gives the message of an identifier the number of a journey.</summary>
    public void Follow(ushort packetId, long journey) => _identifiers[packetId] = journey;

    public bool Remove(ushort packetId, out long journey) => _identifiers.Remove(packetId, out journey);

    public void Clear() => _identifiers.Clear();
}
