namespace Dashboard.Broker;

/// <summary>
/// Why a session did not get a message that it was meant for. Of a shared subscription only what no member could take counts, once.
/// What a session holds when it ends goes with it and is not counted.
/// </summary>
public enum DropReason
{
    /// <summary>At QoS 0: too much waits for its connection already, <see cref="BrokerOptions.MaxOutboxBytes"/>.</summary>
    SlowClient,

    /// <summary>At QoS 1 and 2: its queue is full, <see cref="BrokerOptions.MaxQueuedMessages"/> and <see cref="BrokerOptions.MaxQueuedBytes"/>. Lost is the new message or the oldest, as <see cref="BrokerOptions.QueueDropPolicy"/> says.</summary>
    QueueFull,

    /// <summary>Its message expiry interval ended while it waited [MQTT-3.3.2-5].</summary>
    Expired,
}
