using System.Globalization;
using Dashboard.Broker;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Features.Clients;

/// <summary>The same thing that happened to the same client again and again, as one entry.</summary>
/// <param name="Newest">The newest of them, whose words stand for all.</param>
internal sealed record RefusalGroup(ClientEvent Newest, DateTimeOffset First, int Times)
{
    /// <summary>Without the port, which is another one each time.</summary>
    public string? Host => Newest.Host;

    /// <summary>What to do about it, where the cause does not say so itself.</summary>
    public string? Advice => Newest.Reason switch
    {
        ReasonCode.KeepAliveTimeout when Newest.Kind == ClientEventKind.Closed =>
            "It stopped, fell asleep or lost its network. If it pauses on purpose, give it a longer keep alive.",
        ReasonCode.KeepAliveTimeout or ReasonCode.UnspecifiedError =>
            "Port scans and health checks do that. If it is your device, look at the host, the port and TLS that it is set to.",
        ReasonCode.QuotaExceeded => "A limit of the broker is reached: see Limits on the overview, and the options of the same names.",
        ReasonCode.PacketTooLarge => "Send less at once, or raise Broker:MaxPacketSize.",
        ReasonCode.BadUserNameOrPassword or ReasonCode.NotAuthorized => "Check the user name and the password that the device is set to.",
        ReasonCode.ClientIdentifierNotValid => "Give the client an id, or let it begin with a clean session.",
        _ => null,
    };

    /// <summary>True for what a person wants an explanation of; what an operator did on the dashboard is not.</summary>
    public static bool IsRefusal(ClientEvent one) =>
        one.Kind is ClientEventKind.Refused or ClientEventKind.Closed && one.Reason != ReasonCode.AdministrativeAction;

    /// <summary>Groups events that come newest first, and keeps that order.</summary>
    public static IReadOnlyList<RefusalGroup> Of(IEnumerable<ClientEvent> events) =>
    [
        .. events
            .GroupBy(one => (one.Kind, one.ClientId, one.Host, one.Reason, WithoutFigures(one.Message)))
            .Select(group => new RefusalGroup(group.First(), group.Min(one => one.First), group.Sum(one => one.Times))),
    ];

    /// <summary>"once", "14 times since 10:40:02".</summary>
    public string InWords() => Times == 1
        ? "once"
        : $"{Times} times since {First.ToLocalTime().ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture)}";

    /// <summary>"Nothing was received for 92 s" and "for 90 s" are the same thing.</summary>
    private static string WithoutFigures(string message) => string.Concat(message.Where(character => !char.IsAsciiDigit(character)));
}
