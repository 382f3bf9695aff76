using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

internal enum InflightState : byte
{
    Free,
    AwaitingPubAck,
    AwaitingPubRec,
    AwaitingPubComp,
}

/// <summary>
/// The QoS 1 and 2 messages that have an identifier and are not acknowledged, in the order they are sent (section 4.6).
/// Packet identifiers are given out one after the other, so the ring is ordered by identifier, a look-up is a
/// subtraction, and an identifier in use cannot be given again. Not thread-safe: the session's lock guards it.
/// </summary>
internal sealed class InflightWindow
{
    private const int Identifiers = 65_535;
    private const int SmallestRing = 16;

    private Slot[] _ring = [];
    private int _first;
    private int _span;
    private int _resendAt;
    private ushort _firstId = 1;

    /// <summary>Messages that are not acknowledged.</summary>
    public int Count { get; private set; }

    /// <summary>Those of them that still have to be sent on this connection, for the first time or again.</summary>
    public int Unsent { get; private set; }

    /// <summary>False when the oldest message blocks all identifiers.</summary>
    public bool HasIdentifier => _span < Identifiers;

    /// <summary>The identifier that the next message gets; none in use is given again [MQTT-2.2.1-4] [MQTT-2.3.1-2, 3.1.1] [MQTT-2.3.1-4, 3.1.1].</summary>
    public ushort NextId => IdAt(_span);

    /// <summary>What a message waits for once it is sent.</summary>
    public static InflightState FirstState(QualityOfService qos) =>
        qos == QualityOfService.AtLeastOnce ? InflightState.AwaitingPubAck : InflightState.AwaitingPubRec;

    /// <summary>Adds a message under <see cref="NextId"/>, with its reference. It is sent right now.</summary>
    public void Add(in OutboundMessage message) => Append(new Slot { Message = message, State = FirstState(message.QoS), WasSent = true });

    /// <summary>Adds a message that is sent when a generation is committed and those before it are sent.</summary>
    public void Hold(in OutboundMessage message, long generation)
    {
        Append(new Slot { Message = message, State = FirstState(message.QoS), Generation = generation, IsUnsent = true });
        Unsent++;
    }

    /// <summary>Puts back what was in flight before a restart; called in the order in which the messages were sent.</summary>
    public void Restore(ushort packetId, InflightState state, in OutboundMessage message)
    {
        if (_span == 0)
        {
            _firstId = packetId;
        }

        while (NextId != packetId && HasIdentifier)
        {
            Append(default); // An identifier in between whose message is done.
        }

        Append(new Slot { Message = message, State = state, WasSent = true }); // It may have been, so the client has to know.
    }

    public InflightState StateOf(ushort packetId) => TryFind(packetId, out var at) ? At(at).State : InflightState.Free;

    /// <summary>Whether an acknowledgement ends the stay of a message that waits for just that.</summary>
    public bool Awaits(in AckView ack) => StateOf(ack.PacketId) == ack.Type switch
    {
        PacketType.PubAck => InflightState.AwaitingPubAck,
        PacketType.PubRec => InflightState.AwaitingPubRec,
        _ => InflightState.AwaitingPubComp,
    };

    /// <summary>The message that an identifier in use stands for; without its contents after PUBREC.</summary>
    public OutboundMessage MessageOf(ushort packetId) => TryFind(packetId, out var at) ? At(at).Message : default;

    /// <summary>Ends a message's stay and gives back the reference it held; until then it is unacknowledged [MQTT-4.3.2-3] [MQTT-4.3.3-3].</summary>
    public void Remove(ushort packetId)
    {
        if (!TryFind(packetId, out var at))
        {
            return;
        }

        ref var slot = ref At(at);
        if (slot.State == InflightState.Free)
        {
            return;
        }

        slot.Message.Message?.Release();
        Unsent -= slot.IsUnsent ? 1 : 0;
        slot = default;
        Count--;
        while (_span > 0 && At(0).State == InflightState.Free)
        {
            _resendAt = Math.Max(0, _resendAt - 1);
            _first = (_first + 1) & (_ring.Length - 1);
            _firstId = Next(_firstId);
            _span--;
        }
    }

    /// <summary>After PUBREC only the identifier is needed; the message itself is let go.</summary>
    public void AwaitPubComp(ushort packetId)
    {
        if (TryFind(packetId, out var at))
        {
            ref var slot = ref At(at);
            slot.Message.Message?.Release();
            slot.Message = slot.Message with { Message = null! };
            slot.State = InflightState.AwaitingPubComp; // [MQTT-4.3.3-5]
            MarkSent(ref slot);
        }
    }

    /// <summary>A new connection: every message that waits for PUBACK or PUBREC is to be sent on it.</summary>
    public void BeginResend()
    {
        _resendAt = 0;
        Unsent = 0;
        for (var i = 0; i < _span; i++)
        {
            ref var slot = ref At(i);
            slot.IsUnsent = slot.State is InflightState.AwaitingPubAck or InflightState.AwaitingPubRec; // [MQTT-4.3.3-6]
            Unsent += slot.IsUnsent ? 1 : 0;
        }
    }

    /// <summary>Whether something is to be sent, and what has to be committed before the next of it may go.</summary>
    public bool TryPeekUnsent(out long generation)
    {
        for (; _resendAt < _span && Unsent > 0; _resendAt++)
        {
            ref var slot = ref At(_resendAt);
            if (slot.IsUnsent)
            {
                generation = slot.Generation;
                return true;
            }
        }

        generation = 0;
        return false;
    }

    /// <summary>The next message to be sent, in the order in which they were first sent [MQTT-4.6.0-1]; from now on it counts as sent.</summary>
    /// <param name="isAgain">Whether it was sent before, on an earlier connection.</param>
    public bool TryTakeUnsent(out ushort packetId, out OutboundMessage message, out bool isAgain)
    {
        if (!TryPeekUnsent(out _))
        {
            (packetId, message, isAgain) = (0, default, false);
            return false;
        }

        ref var slot = ref At(_resendAt);
        (packetId, message, isAgain) = (IdAt(_resendAt), slot.Message, slot.WasSent); // [MQTT-2.3.1-3, 3.1.1]
        slot.WasSent = true;
        MarkSent(ref slot);
        return true;
    }

    /// <summary>All messages in the order they were first sent, with their identifiers [MQTT-4.6.0-1].</summary>
    public IEnumerable<(ushort PacketId, InflightState State, OutboundMessage Message)> InOrder()
    {
        for (var i = 0; i < _span; i++)
        {
            var slot = _ring[(_first + i) & (_ring.Length - 1)];
            if (slot.State != InflightState.Free)
            {
                yield return (IdAt(i), slot.State, slot.Message);
            }
        }
    }

    /// <summary>
    /// The messages that the client did not get for certain, in order: at QoS 1 those it has not acknowledged, at QoS 2 only
    /// those that were never sent to it [MQTT-4.8.2-5].
    /// </summary>
    public IEnumerable<OutboundMessage> NotDelivered()
    {
        for (var i = 0; i < _span; i++)
        {
            var slot = _ring[(_first + i) & (_ring.Length - 1)];
            if (slot.State == InflightState.AwaitingPubAck || (slot.State == InflightState.AwaitingPubRec && !slot.WasSent))
            {
                yield return slot.Message;
            }
        }
    }

    public void Clear()
    {
        foreach (var (_, _, message) in InOrder())
        {
            message.Message?.Release();
        }

        _ring = [];
        _first = 0;
        _span = 0;
        _resendAt = 0;
        Count = 0;
        Unsent = 0;
    }

    private static ushort Next(ushort id) => id == Identifiers ? (ushort)1 : (ushort)(id + 1);

    private ushort IdAt(int at) => (ushort)(((_firstId - 1 + at) % Identifiers) + 1);

    private ref Slot At(int at) => ref _ring[(_first + at) & (_ring.Length - 1)];

    private bool TryFind(ushort packetId, out int at)
    {
        at = (packetId - _firstId + Identifiers) % Identifiers;
        return packetId != 0 && at < _span;
    }

    private void MarkSent(ref Slot slot)
    {
        Unsent -= slot.IsUnsent ? 1 : 0;
        slot.IsUnsent = false;
    }

    private void Append(in Slot slot)
    {
        if (_span == _ring.Length)
        {
            Grow();
        }

        At(_span) = slot;
        _span++;
        Count += slot.State == InflightState.Free ? 0 : 1;
    }

    private void Grow()
    {
        var next = new Slot[Math.Max(SmallestRing, _ring.Length * 2)];
        for (var i = 0; i < _span; i++)
        {
            next[i] = At(i);
        }

        _ring = next;
        _first = 0;
    }

    private struct Slot
    {
        public OutboundMessage Message;
        public InflightState State;
        public bool IsUnsent;
        public bool WasSent;

        /// <summary>What has to be committed before it is sent.</summary>
        public long Generation;
    }
}
