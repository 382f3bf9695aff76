using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Clients;

internal enum ClientState
{
    All,
    Connected,
    Offline,
}

/// <summary>Which clients a person wants to see.</summary>
/// <param name="text">Words that all have to occur in what is shown of a client: id, user, address, transport, version.</param>
internal sealed class ClientFilter(string text, ClientState state)
{
    private readonly string[] _words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public string Text => text;

    public ClientState State => state;

    public bool Matches(ClientInfo client) => HasState(client) && Array.TrueForAll(_words, word => Occurs(word, client));

    private bool HasState(ClientInfo client) => State == ClientState.All || client.IsConnected == (State == ClientState.Connected);

    private static bool Occurs(string word, ClientInfo client) =>
        client.ClientId.Contains(word, StringComparison.OrdinalIgnoreCase)
        || client.UserName?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
        || client.Address?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
        || client.Transport?.Equals(word, StringComparison.OrdinalIgnoreCase) == true
        || ClientWords.Version(client.Version).EndsWith(' ' + word, StringComparison.Ordinal);
}
