using Dashboard.Broker;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;
using Dashboard.Shared.Message;

namespace Dashboard.Features.Clients;

/// <summary>The same thing that happened to the same client again and again, as one entry.</summary>
/// <param name="Newest">The newest of them, whose words stand for all.</param>
internal sealed record RefusalGroup(ClientEvent Newest, DateTimeOffset First, int Times)
{
    /// <summary>Without the port, which is another one each time.</summary>
    public string? Host => Newest.Host;

    /// <summary>What to do about it, where the cause does not say so itself.</summary>
    public string? Advice => AdviceFor(Newest);

    /// <summary>What to do about an event; null when there is nothing, or its words say so already.</summary>
    public static string? AdviceFor(ClientEvent one) => one is { Kind: ClientEventKind.PublishRefused, Text.Parts: [_, EventText cause] } ? RefusalWords.Advice(new MessageRefusal(one.Reason, cause))
        : !IsRefusal(one) || SaysItself(one.Text) ? null
        : AdviceFor(one.Kind, one.Reason);

    /// <summary>These name the right door, or what to mend, or are the client's own choice.</summary>
    private static bool SaysItself(EventText text) =>
        text.Code is EventCode.CauseHttp or EventCode.CauseTls or EventCode.ConnectCut or EventCode.CauseConnectCut or EventCode.ConnectUnanswered
        || text.Parts.OfType<EventText>().Any(SaysItself);

    private static string? AdviceFor(ClientEventKind kind, ReasonCode reason) => reason switch
    {
        ReasonCode.KeepAliveTimeout when kind == ClientEventKind.Closed =>
            Texts.Events_AdviceSilent,
        ReasonCode.KeepAliveTimeout or ReasonCode.UnspecifiedError =>
            Texts.Events_AdviceNoWord,
        ReasonCode.ProtocolError when kind == ClientEventKind.Refused => Texts.Events_AdviceNoMqtt,
        ReasonCode.QuotaExceeded => Texts.Events_AdviceQuota,
        ReasonCode.PacketTooLarge => Texts.Events_AdviceTooLarge,
        ReasonCode.BadUserNameOrPassword or ReasonCode.NotAuthorized => Texts.Events_AdviceCredentials,
        ReasonCode.ClientIdentifierNotValid => Texts.Events_AdviceClientId,
        ReasonCode.Banned => Texts.Events_AdviceBanned,
        ReasonCode.MalformedPacket => Texts.Events_AdviceMalformed,
        ReasonCode.UnsupportedProtocolVersion => Texts.Events_AdviceVersion,
        ReasonCode.MessageRateTooHigh => Texts.Events_AdviceRate,
        ReasonCode.BadAuthenticationMethod => Texts.Events_AdviceAuth,
        ReasonCode.ServerBusy => Texts.Events_AdviceBusy,
        _ => null,
    };

    /// <summary>True for what a person wants an explanation of; what an operator did on the dashboard is not.</summary>
    public static bool IsRefusal(ClientEvent one) =>
        one.Kind is ClientEventKind.Refused or ClientEventKind.Closed && one.Reason != ReasonCode.AdministrativeAction;

    /// <summary>Groups events that come newest first, and keeps that order.</summary>
    public static IReadOnlyList<RefusalGroup> Of(IEnumerable<ClientEvent> events) =>
    [
        .. events
            .GroupBy(one => (one.Kind, one.ClientId, one.Host, one.Reason, one.Text.Shape))
            .Select(group => new RefusalGroup(group.First(), group.Min(one => one.First), group.Sum(one => one.Times))),
    ];

    /// <summary>"once", "14 times since 10:40:02".</summary>
    public string InWords() => Times == 1
        ? Texts.Events_Once
        : Texts.Events_TimesSince.With(Format.Count(Times), Format.DayAndTime(First));
}
