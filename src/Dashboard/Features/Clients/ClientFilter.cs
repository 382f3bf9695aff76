using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Features.Clients;

internal enum ClientState
{
    All,
    Connected,
    Offline,
}

/// <summary>Which clients a person wants to see.</summary>
/// <param name="text">
/// Words that all have to occur in what is shown of a client: id, user, address, transport, version. "user:ana",
/// "address:10.0.0" and "id:pi" look at that alone.
/// </param>
internal sealed class ClientFilter(string text, ClientState state)
{
    private readonly string[] _words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public string Text => text;

    public ClientState State => state;

    /// <summary>Null for all.</summary>
    public ProtocolVersion? Version { get; init; }

    /// <summary>Null for all.</summary>
    public string? Transport { get; init; }

    /// <summary>A topic; only clients that a message on it would reach. Empty for all.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Who is subscribed to <see cref="Topic"/> now.</summary>
    public IReadOnlySet<string>? Subscribers { get; set; }

    /// <summary>Whether anything is asked for at all.</summary>
    public bool IsNarrow => text.Length > 0 || state != ClientState.All || Version is not null || Transport is not null || Topic.Length > 0;

    public ClientFilter With(string? newText = null, ClientState? newState = null) =>
        new(newText ?? text, newState ?? state) { Version = Version, Transport = Transport, Topic = Topic, Subscribers = Subscribers };

    public bool Matches(ClientInfo client) =>
        HasState(client)
        && (Version is null || client.Version == Version)
        && (Transport is null || client.Transport == Transport)
        && (Topic.Length == 0 || Subscribers?.Contains(client.ClientId) == true)
        && Array.TrueForAll(_words, word => Occurs(word, client));

    private bool HasState(ClientInfo client) => State == ClientState.All || client.IsConnected == (State == ClientState.Connected);

    private static bool Occurs(string word, ClientInfo client) =>
        Field(word, "user:", client.UserName)
        ?? Field(word, "address:", client.Address)
        ?? Field(word, "id:", client.ClientId)
        ?? OccursAnywhere(word, client);

    /// <summary>Null when the word does not ask for this field.</summary>
    private static bool? Field(string word, string name, string? value) =>
        word.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? value?.Contains(word[name.Length..], StringComparison.OrdinalIgnoreCase) == true : null;

    private static bool OccursAnywhere(string word, ClientInfo client) =>
        client.ClientId.Contains(word, StringComparison.OrdinalIgnoreCase)
        || client.UserName?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
        || client.Address?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
        || client.Transport?.Equals(word, StringComparison.OrdinalIgnoreCase) == true
        || ClientWords.Version(client.Version).EndsWith(' ' + word, StringComparison.Ordinal);
}
