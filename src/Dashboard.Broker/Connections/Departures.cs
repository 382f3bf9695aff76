namespace Dashboard.Broker.Connections;

/// <summary>
/// What went over connections that have closed, by client id, until somebody asks for it. Of very many only the busier ones are
/// kept. The lock of <see cref="ConnectionRegistry"/> guards it.
/// </summary>
internal sealed class Departures
{
    public const int Max = 1_000;

    private Dictionary<string, Traffic> _byClient = [];

    public void Add(string clientId, in Traffic traffic)
    {
        _byClient[clientId] = _byClient.GetValueOrDefault(clientId) + traffic;
        if (_byClient.Count > Max)
        {
            LetQuietGo();
        }
    }

    public Dictionary<string, Traffic> Take()
    {
        var taken = _byClient;
        _byClient = [];
        return taken;
    }

    /// <summary>Half of them at once, so that it is done seldom.</summary>
    private void LetQuietGo()
    {
        foreach (var (clientId, _) in _byClient.OrderBy(one => one.Value.PublishesReceived + one.Value.PublishesSent).Take(Max / 2).ToList())
        {
            _byClient.Remove(clientId);
        }
    }
}
