using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>What a button will do to a client, said before it does it, and what it did.</summary>
internal static class ActionWords
{
    public static string BeforeDisconnect(ClientDetails details) => string.Join(' ',
        Texts.Clients_BrokerCloses,
        details.Client.Version == ProtocolVersion.V500 ? Texts.Clients_ClientIsTold : Texts.Clients_NoWordForIt.With(ClientWords.Version(details.Client.Version)),
        Session(details.Client),
        details.Will is { } will ? Texts.Clients_WillIsPublished.With(will.Topic) : Texts.Clients_NoWillLeft,
        Texts.Clients_ComesAgain);

    public static string AfterDisconnect(bool wasConnected) => wasConnected ? Texts.Clients_Disconnected : Texts.Clients_HadGone;

    public static string BeforeClear(ClientDetails details)
    {
        var client = details.Client;
        var waiting = client.Queued + client.Inflight;
        return string.Join(' ',
            [
                (client.IsConnected ? Texts.Clients_ClearConnected : Texts.Clients_ClearOffline).With(Subscriptions(client), waiting == 1 ? Texts.Clients_OneMessage : Texts.Clients_ManyMessages.With(Format.Count(waiting))),
                .. details.Will is null ? Array.Empty<string>() : [Texts.Clients_WillIsNot],
                Texts.Clients_StoredStay,
            ]);
    }

    public static string AfterClear(bool wasThere) => wasThere ? Texts.Clients_Cleared : Texts.Clients_NothingToClear;

    public static string AfterSubscribe(SubscriptionRequest request, SubscriptionChange change) => change switch
    {
        { IsThere: false } => Texts.Clients_NoSessionToSubscribe,
        { IsDone: true } => Texts.Clients_Subscribed.With(request.Filter, (int)request.QoS),
        _ => Texts.Clients_NotSubscribed.With(request.Filter, EventSentence.Of(change.Cause!)),
    };

    private static string Session(ClientInfo client) => client.SessionExpiry == 0
        ? Texts.Clients_SessionEndsWithIt.With(Subscriptions(client), Waiting(client.Queued + client.Inflight))
        : Texts.Clients_SessionGoesOn.With(ClientWords.SessionExpiry(client, client.ConnectedAt));

    private static string Subscriptions(ClientInfo client) =>
        client.Subscriptions == 1 ? Texts.Clients_OneSubscription : Texts.Clients_ManySubscriptions.With(Format.Count(client.Subscriptions));

    private static string Waiting(int count) => count == 1 ? Texts.Clients_OneWaiting : Texts.Clients_ManyWaiting.With(Format.Count(count));
}
