using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>What a button will do to a client, said before it does it, and what it did.</summary>
internal static class ActionWords
{
    public static string BeforeDisconnect(ClientDetails details) => string.Join(' ',
        "The broker closes its connection.",
        details.Client.Version == ProtocolVersion.V500 ? "The client is told that an operator did it." : $"{ClientWords.Version(details.Client.Version)} has no word for it: the client only sees its connection end.",
        Session(details.Client),
        details.Will is { } will ? $"Its will is published on {will.Topic}." : "It left no will.",
        "Most clients connect again by themselves.");

    public static string AfterDisconnect(bool wasConnected) => wasConnected
        ? "Disconnected. If the client connects again, that shows above and in its story."
        : "It had already gone; there was no connection left to close.";

    public static string BeforeClear(ClientDetails details)
    {
        var (client, subscriptions) = (details.Client, Plural(details.Client.Subscriptions, "subscription"));
        var waiting = Plural(client.Queued + client.Inflight, "message");
        return string.Join(' ',
            client.IsConnected ? "The client is disconnected, and its session ends:" : "The session ends:",
            $"{subscriptions} and {waiting} that wait for it are given up for good.",
            details.Will is null ? "Messages in the retained store stay." : "Its will is not published. Messages in the retained store stay.");
    }

    public static string AfterClear(bool wasThere) => wasThere
        ? "Cleared: the session and everything that waited for it are gone."
        : "There was no session left to clear; it had ended before.";

    private static string Session(ClientInfo client) => client.SessionExpiry == 0
        ? $"Its session ends with it: {Plural(client.Subscriptions, "subscription")} and {Plural(client.Queued + client.Inflight, "waiting message")} are gone."
        : $"Its session is {ClientWords.SessionExpiry(client, client.ConnectedAt)}, and goes on collecting messages.";

    private static string Plural(int count, string noun) => $"{Format.Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
