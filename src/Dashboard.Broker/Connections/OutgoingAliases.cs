using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Codec;

namespace Dashboard.Broker.Connections;

/// <summary>
/// The topic aliases towards one client that allows them (section 3.3.2.3.4). Each topic has one alias that it may get, by
/// its hash. A topic that comes the second time running for that alias gets it, from then on it goes without its name, until
/// another topic takes the alias over in the same way. So the memory is fixed, and a topic that comes once costs nothing.
/// The heads that all receivers share stay as they are; what is written here is a copy for this one.
/// </summary>
internal sealed class OutgoingAliases(int count)
{
    private readonly Lock _gate = new();
    private readonly Slot[] _slots = new Slot[count]; // alias 1 to the client's maximum [MQTT-3.1.2-26] [MQTT-3.3.2-11]
    private byte[] _head = new byte[128];

    /// <summary>Writes a PUBLISH, in order with all others to this client: an alias is not used before it was given.</summary>
    public bool TryWrite(Outbox outbox, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, long maximumPacketSize, DeliveryBatch batch, bool mayDrop)
    {
        lock (_gate)
        {
            var topic = PublishAliasWriter.TopicOf(head);
            var hash = new HashCode();
            hash.AddBytes(topic);
            var key = hash.ToHashCode();
            var at = (int)((uint)key % (uint)_slots.Length);
            ref var slot = ref _slots[at];
            if (slot.Topic is { } known && topic.SequenceEqual(known))
            {
                var aliased = Rewrite(head, at + 1, withTopic: false);
                var isTooLarge = aliased.Length + payload.Length > maximumPacketSize; // a topic of one or two bytes is shorter than its alias [MQTT-3.1.2-24]
                return outbox.TryWrite(isTooLarge ? head : aliased, payload, batch, mayDrop);
            }

            if (slot.Candidate != key || !slot.HasCandidate)
            {
                slot.Candidate = key;
                slot.HasCandidate = true;
                return outbox.TryWrite(head, payload, batch, mayDrop);
            }

            var announcement = Rewrite(head, at + 1, withTopic: true);
            if (announcement.Length + payload.Length > maximumPacketSize)
            {
                return outbox.TryWrite(head, payload, batch, mayDrop);
            }

            var isWritten = outbox.TryWrite(announcement, payload, batch, mayDrop);
            slot = new Slot { Topic = isWritten ? topic.ToArray() : null };
            return isWritten;
        }
    }

    private ReadOnlySpan<byte> Rewrite(ReadOnlySpan<byte> head, int alias, bool withTopic)
    {
        if (_head.Length < PublishAliasWriter.MaxLength(head))
        {
            _head = new byte[PublishAliasWriter.MaxLength(head) * 2];
        }

        return _head.AsSpan(0, PublishAliasWriter.Write(_head, head, (ushort)alias, withTopic));
    }

    private struct Slot
    {
        /// <summary>What the alias stands for at the client; null while for nothing that is used.</summary>
        public byte[]? Topic;

        public int Candidate;
        public bool HasCandidate;
    }
}
