using System.Globalization;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>What a client asked for and what that means for it, in words.</summary>
internal static class ClientWords
{
    private const int LongestHeading = 60;
    private const uint ForEver = uint.MaxValue;

    public static string Version(ProtocolVersion version) => version switch
    {
        ProtocolVersion.V310 => "MQTT 3.1",
        ProtocolVersion.V311 => "MQTT 3.1.1",
        _ => "MQTT 5.0",
    };

    /// <summary>A client id as a heading: a long one is cut.</summary>
    public static string Heading(string clientId) => clientId.Length <= LongestHeading ? clientId : clientId[..LongestHeading] + "…";

    /// <summary>An address without its port.</summary>
    public static string? Host(string? address) => System.Net.IPEndPoint.TryParse(address ?? "", out var end) ? (end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address).ToString() : null;

    /// <summary>"MQTT 5.0 over TCP".</summary>
    public static string Protocol(ClientInfo client) =>
        client.Transport is null ? Version(client.Version) : Texts.Clients_VersionOver.With(Version(client.Version), client.Transport);

    /// <summary>"online for 5 min", "offline for 3 h".</summary>
    public static string Since(ClientInfo client, DateTimeOffset now) => client.DisconnectedAt is { } gone
        ? Texts.Clients_OfflineFor.With(Format.Duration(WholeSeconds(now - gone)))
        : Texts.Clients_OnlineFor.With(Format.Duration(WholeSeconds(now - client.ConnectedAt)));

    /// <summary>"60 s", or what the lack of a keep alive means.</summary>
    public static string KeepAlive(ClientInfo client) => client.KeepAlive == 0 ? Texts.Clients_KeepAliveNone : $"{client.KeepAlive} s";

    /// <summary>The time until the broker closes a silent connection: one and a half times the keep alive after the last packet [MQTT-3.1.2-22].</summary>
    /// <returns>Null when it never does, and while offline.</returns>
    public static TimeSpan? UntilCut(ClientInfo client, DateTimeOffset now)
    {
        if (client.KeepAlive == 0 || client.LastReceived is not { } last)
        {
            return null;
        }

        var left = last + TimeSpan.FromSeconds(client.KeepAlive * 1.5) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>"cut in 1:42", or "overdue, cut in 0:12" once the keep alive itself has passed without a packet.</summary>
    public static string? Countdown(ClientInfo client, DateTimeOffset now)
    {
        if (UntilCut(client, now) is not { } left)
        {
            return null;
        }

        var seconds = TimeSpan.FromSeconds(Math.Ceiling(left.TotalSeconds));
        var clock = string.Create(CultureInfo.InvariantCulture, $"{(int)seconds.TotalMinutes}:{seconds.Seconds:00}");
        return (IsOverdue(client, now) ? Texts.Clients_OverdueCutIn : Texts.Clients_CutIn).With(clock);
    }

    /// <summary>True when a client has been silent for longer than it promised.</summary>
    public static bool IsOverdue(ClientInfo client, DateTimeOffset now) =>
        client.KeepAlive > 0 && client.LastReceived is { } last && now - last > TimeSpan.FromSeconds(client.KeepAlive + 1);

    /// <summary>How the connection began; what CONNECT asked for is not kept longer than the connection.</summary>
    public static string CleanStart(ClientInfo client) =>
        !client.IsConnected ? Texts.Clients_KeptSession : client.CleanStart ? Texts.Clients_CleanStart : Texts.Clients_Continues;

    /// <summary>What becomes of the session: as it was asked for while connected, counting down while offline.</summary>
    public static string SessionExpiry(ClientInfo client, DateTimeOffset now)
    {
        if (!client.IsConnected && client.ExpiresAt is { } end)
        {
            return Texts.Clients_EndsIn.With(Format.Duration(WholeSeconds(end - now)));
        }

        return client.SessionExpiry switch
        {
            0 => Texts.Clients_EndsWithConnection,
            ForEver => Texts.Clients_KeptForEver,
            _ => Texts.Clients_KeptAfter.With(Format.Duration(TimeSpan.FromSeconds(client.SessionExpiry))),
        };
    }

    /// <summary>What a subscription asked for beyond its QoS.</summary>
    public static IEnumerable<string> Options(SubscriptionInfo subscription)
    {
        if (subscription.Filter.StartsWith("$share/", StringComparison.Ordinal))
        {
            yield return Texts.Clients_OptionShared;
        }

        if (subscription.NoLocal)
        {
            yield return Texts.Clients_OptionNoLocal;
        }

        if (subscription.RetainAsPublished)
        {
            yield return Texts.Clients_OptionRetainAsPublished;
        }

        if (subscription.RetainHandling != RetainHandling.SendAtSubscribe)
        {
            yield return subscription.RetainHandling == RetainHandling.DoNotSend ? Texts.Clients_OptionNoStored : Texts.Clients_OptionStoredIfNew;
        }

        if (subscription.Id is { } id)
        {
            yield return Texts.Clients_OptionIdentifier.With(id);
        }
    }

    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Max(1, Math.Floor(time.TotalSeconds)));
}
