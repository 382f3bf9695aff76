using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Storage;

/// <summary>
/// The changes of one generation, as the final state of each thing that changed: what comes and goes within a generation
/// leaves no trace here and never reaches the disk. Messages are held by a reference until the generation is committed.
/// Not thread-safe: the store's lock guards it.
/// </summary>
internal sealed class PendingChanges(long generation)
{
    public long Generation { get; } = generation;

    public Dictionary<string, ApplicationMessage?> Retained { get; } = new(StringComparer.Ordinal);

    public Dictionary<long, StoredSession?> Sessions { get; } = [];

    public Dictionary<(long Session, string Filter), (SubscriptionRequest Request, uint? Id)?> Subscriptions { get; } = [];

    public Dictionary<(long Session, string Filter), string?> Replays { get; } = [];

    public Dictionary<(long Session, long Sequence), PendingDelivery> Deliveries { get; } = [];

    public Dictionary<(long Session, ushort PacketId), bool> Received { get; } = [];

    public List<ICommitWaiter> Waiters { get; } = [];

    public bool IsEmpty => Retained.Count + Sessions.Count + Subscriptions.Count + Replays.Count + Deliveries.Count + Received.Count + Waiters.Count == 0;

    public void SetRetained(string topic, ApplicationMessage? message)
    {
        message?.AddReference();
        if (Retained.TryGetValue(topic, out var replaced))
        {
            replaced?.Release();
        }

        Retained[topic] = message;
    }

    public void AddDelivery(in StoredDelivery delivery)
    {
        delivery.Message?.AddReference();
        Deliveries[(delivery.Session, delivery.Sequence)] = new PendingDelivery(DeliveryChange.Add, delivery);
    }

    public void UpdateDelivery(long session, long sequence, DeliveryStage stage, ushort packetId)
    {
        var key = (session, sequence);
        Deliveries.TryGetValue(key, out var known);
        var delivery = known.Delivery with { Session = session, Sequence = sequence, Stage = stage, PacketId = packetId };
        if (stage == DeliveryStage.Released)
        {
            known.Delivery.Message?.Release();
            delivery = delivery with { Message = null };
        }

        Deliveries[key] = new PendingDelivery(known.Change == DeliveryChange.Add ? DeliveryChange.Add : DeliveryChange.Update, delivery);
    }

    public void RemoveDelivery(long session, long sequence)
    {
        var key = (session, sequence);
        if (Deliveries.Remove(key, out var known) && known.Change == DeliveryChange.Add)
        {
            known.Delivery.Message?.Release();
            return;
        }

        Deliveries[key] = new PendingDelivery(DeliveryChange.Remove, default(StoredDelivery) with { Session = session, Sequence = sequence });
    }

    /// <summary>Gives back the references to all messages, once they are committed.</summary>
    public void Release()
    {
        foreach (var message in Retained.Values)
        {
            message?.Release();
        }

        foreach (var pending in Deliveries.Values)
        {
            pending.Delivery.Message?.Release();
        }
    }
}

internal enum DeliveryChange : byte
{
    None,

    /// <summary>No earlier generation knows it.</summary>
    Add,

    /// <summary>Only stage and packet identifier change.</summary>
    Update,

    Remove,
}

internal readonly record struct PendingDelivery(DeliveryChange Change, StoredDelivery Delivery);
