using System.Globalization;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>What a client asked for and what that means for it, in words.</summary>
internal static class ClientWords
{
    private const uint ForEver = uint.MaxValue;

    public static string Version(ProtocolVersion version) => version switch
    {
        ProtocolVersion.V310 => "MQTT 3.1",
        ProtocolVersion.V311 => "MQTT 3.1.1",
        _ => "MQTT 5.0",
    };

    /// <summary>"online for 5 min", "offline for 3 h".</summary>
    public static string Since(ClientInfo client, DateTimeOffset now) => client.DisconnectedAt is { } gone
        ? $"offline for {Format.Duration(WholeSeconds(now - gone))}"
        : $"online for {Format.Duration(WholeSeconds(now - client.ConnectedAt))}";

    /// <summary>"60 s", or what the lack of a keep alive means.</summary>
    public static string KeepAlive(ClientInfo client) => client.KeepAlive == 0 ? "none" : $"{client.KeepAlive} s";

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
        var clock = string.Create(CultureInfo.InvariantCulture, $"cut in {(int)seconds.TotalMinutes}:{seconds.Seconds:00}");
        return IsOverdue(client, now) ? "overdue, " + clock : clock;
    }

    /// <summary>True when a client has been silent for longer than it promised.</summary>
    public static bool IsOverdue(ClientInfo client, DateTimeOffset now) =>
        client.KeepAlive > 0 && client.LastReceived is { } last && now - last > TimeSpan.FromSeconds(client.KeepAlive + 1);

    /// <summary>How the connection began; what CONNECT asked for is not kept longer than the connection.</summary>
    public static string CleanStart(ClientInfo client) =>
        !client.IsConnected ? "kept session" : client.CleanStart ? "clean start" : "continues its session";

    /// <summary>What becomes of the session: as it was asked for while connected, counting down while offline.</summary>
    public static string SessionExpiry(ClientInfo client, DateTimeOffset now)
    {
        if (!client.IsConnected && client.ExpiresAt is { } end)
        {
            return $"ends in {Format.Duration(WholeSeconds(end - now))}";
        }

        return client.SessionExpiry switch
        {
            0 => "ends with the connection",
            ForEver => "kept for ever",
            _ => $"kept {Format.Duration(TimeSpan.FromSeconds(client.SessionExpiry))} after it leaves",
        };
    }

    /// <summary>What a subscription asked for beyond its QoS.</summary>
    public static IEnumerable<string> Options(SubscriptionInfo subscription)
    {
        if (subscription.Filter.StartsWith("$share/", StringComparison.Ordinal))
        {
            yield return "shared: each message goes to one of the group";
        }

        if (subscription.NoLocal)
        {
            yield return "not its own messages";
        }

        if (subscription.RetainAsPublished)
        {
            yield return "retain flag as published";
        }

        if (subscription.RetainHandling != RetainHandling.SendAtSubscribe)
        {
            yield return subscription.RetainHandling == RetainHandling.DoNotSend ? "no stored messages" : "stored messages only when newly subscribed";
        }

        if (subscription.Id is { } id)
        {
            yield return $"identifier {id}";
        }
    }

    private static TimeSpan WholeSeconds(TimeSpan time) => TimeSpan.FromSeconds(Math.Max(1, Math.Floor(time.TotalSeconds)));
}
