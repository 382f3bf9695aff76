using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Storage;

/// <summary>For those who ask for no disk: everything ends with the program.</summary>
internal sealed class MemoryStore : IBrokerStore
{
    public bool IsDurable => false;

    public string? Failure => null;

    public long Committed => long.MaxValue;

    public StoredState Load(TopicTable topics) => StoredState.Empty;

    public long SetRetained(string topic, ApplicationMessage? message) => 0;

    public long SaveSession(StoredSession session) => 0;

    public long RemoveSession(long session) => 0;

    public long SaveSubscription(long session, SubscriptionRequest request, uint? id) => 0;

    public long RemoveSubscription(long session, string filter) => 0;

    public long SetReplay(long session, string filter, string? after) => 0;

    public long AddDelivery(in StoredDelivery delivery) => 0;

    public long UpdateDelivery(long session, long sequence, DeliveryStage stage, ushort packetId) => 0;

    public long RemoveDelivery(long session, long sequence) => 0;

    public long SetReceived(long session, ushort packetId, bool isReceived) => 0;

    public void WhenCommitted(long generation, ICommitWaiter waiter) => waiter.Committed(generation);
}
