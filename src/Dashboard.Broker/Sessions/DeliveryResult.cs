using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Sessions;

/// <summary>What became of one message: how many subscribers it was sent to, waits for, was lost for.</summary>
internal struct DeliveryResult
{
    public int Sent;
    public int Queued;
    public int Dropped;

    /// <summary>Matching subscribers that were offline at QoS 0, did not want it or could not take its size.</summary>
    public int Skipped;

    /// <summary>True when the message should have been retained and the store was full.</summary>
    public bool RetainedStoreIsFull;

    public readonly int Matched => Sent + Queued + Dropped + Skipped;

    public void Count(Delivery delivery)
    {
        switch (delivery)
        {
            case Delivery.Sent:
                Sent++;
                break;
            case Delivery.Queued:
                Queued++;
                break;
            case Delivery.Dropped:
                Dropped++;
                break;
            default:
                Skipped++;
                break;
        }
    }
}
