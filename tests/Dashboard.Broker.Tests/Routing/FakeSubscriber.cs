using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Tests.Routing;

/// <summary>Counts what reaches it.</summary>
internal sealed class FakeSubscriber(string name = "") : ISubscriber
{
    public bool IsConnected { get; set; } = true;

    public bool IsKept => false;

    public int Delivered { get; private set; }

    public List<DropReason> Dropped { get; } = [];

    public Delivery Answer { get; set; } = Delivery.Sent;

    public Delivery Deliver(ref OutgoingPublish publish, in Subscription subscription, DeliveryBatch batch)
    {
        Delivered++;
        return Answer;
    }

    public void CountDropped(DropReason reason, DeliveryBatch batch) => Dropped.Add(reason);

    public override string ToString() => name;
}
