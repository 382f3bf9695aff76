using Dashboard.Broker;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>Bans in words.</summary>
internal static class BanWords
{
    public static string Kind(BanKind kind) => kind switch
    {
        BanKind.ClientId => Texts.Clients_BanClientId,
        BanKind.UserName => Texts.Clients_BanUserName,
        _ => Texts.Clients_BanAddress,
    };

    /// <summary>What came of the wish to ban.</summary>
    public static string Outcome(Ban ban, BanResult result, int disconnected, int maxBans) => result switch
    {
        BanResult.Banned => Texts.Clients_Banned.With(Kind(ban.Kind), ban.Value, Disconnected(disconnected)),
        BanResult.NotStored => Texts.Clients_BannedNotStored.With(Kind(ban.Kind), ban.Value, Disconnected(disconnected)),
        BanResult.AlreadyBanned => Texts.Clients_AlreadyBanned.With(Kind(ban.Kind), ban.Value),
        BanResult.Full => Texts.Clients_BansFull.With(Format.Count(maxBans)),
        _ when ban.Value.Length > Ban.LongestText => Texts.Clients_BanTooLong.With(Format.Count(Ban.LongestText)),
        _ => ban.Kind == BanKind.Address ? Texts.Clients_BanNoAddress : Texts.Clients_BanNotValid,
    };

    public static string Lifted(Ban ban, bool wasThere) =>
        (wasThere ? Texts.Clients_Lifted : Texts.Clients_LiftedBefore).With(Kind(ban.Kind), ban.Value);

    /// <summary>"until it is lifted", "until 24 Nov 20:45, 58 min more".</summary>
    public static string Until(Ban ban, DateTimeOffset now) => ban.Until is { } until
        ? Texts.Clients_BanUntil.With(Format.DayAndTime(until, "HH:mm"), Format.Duration(WholeMinutes(until - now)))
        : Texts.Clients_BanUntilLifted;

    public static string Attempts(BanInfo info) => info.Attempts switch
    {
        0 => Texts.Clients_BanNoAttempt,
        1 => Texts.Clients_BanOneAttempt.With(info.LastClient),
        _ => Texts.Clients_BanAttempts.With(Format.Count(info.Attempts), info.LastClient),
    };

    private static string Disconnected(int count) => count switch
    {
        0 => Texts.Clients_BanNobodyConnected,
        1 => Texts.Clients_BanOneDisconnected,
        _ => Texts.Clients_BanDisconnected.With(Format.Count(count)),
    };

    private static TimeSpan WholeMinutes(TimeSpan time) => time < TimeSpan.FromMinutes(1) ? time : TimeSpan.FromMinutes(Math.Floor(time.TotalMinutes));
}
