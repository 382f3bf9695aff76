using System.Diagnostics.CodeAnalysis;

namespace Dashboard.Broker.Monitoring.Busiest;

/// <summary>
/// Which topics and clients make the traffic. Nothing is counted for it: the counters that are there anyway are read again
/// when somebody looks, at most every ten seconds however many look, so with nobody looking it costs nothing. Thread-safe.
/// </summary>
public sealed class BusiestNow(MqttBroker broker)
{
    /// <summary>Walking 250,000 topics takes some 10 ms; that is a thousandth of this.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly BusiestTopics _topics = new(broker);
    private readonly BusiestClients _clients = new(broker);
    private Ranking? _latest;

    /// <summary>The ranking of the last seconds; the first one is of all the time before, which a look that follows soon makes short.</summary>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "It may take a new look.")]
    public Ranking Get()
    {
        lock (_gate)
        {
            var now = broker.Time.GetUtcNow();
            if (_latest is null || now - _latest.Until >= LookEvery)
            {
                var (topicsByMessages, topicsByBytes) = _topics.Take();
                var (clientsByMessages, clientsByBytes) = _clients.Take();
                _latest = new Ranking(_latest?.Until, now, topicsByMessages, topicsByBytes, clientsByMessages, clientsByBytes);
            }

            return _latest;
        }
    }
}
