using System.Net;

namespace Dashboard.Broker;

/// <summary>What a ban looks at.</summary>
public enum BanKind
{
    ClientId,
    UserName,

    /// <summary>An IP address, or a network such as 10.0.0.0/24.</summary>
    Address,
}

/// <summary>Somebody who may not connect.</summary>
/// <param name="Until">Null: until it is lifted.</param>
/// <param name="Reason">For people; the client of MQTT 5.0 is told it too.</param>
public sealed record Ban(BanKind Kind, string Value, DateTimeOffset Since, DateTimeOffset? Until, string Reason)
{
    /// <summary>The longest value and reason, in characters.</summary>
    public const int LongestText = 1_000;

    public bool IsOver(DateTimeOffset now) => Until <= now;

    /// <summary>The network that is meant by an address or a network in text; null when it is neither.</summary>
    public static IPNetwork? Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network))
        {
            return network;
        }

        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }
}

/// <summary>A ban and whom it has kept out.</summary>
/// <param name="Attempts">Connections that it refused since the start.</param>
/// <param name="LastClient">The client id of the last one, or its address when that was enough.</param>
public sealed record BanInfo(Ban Ban, long Attempts, DateTimeOffset? LastAttempt, string? LastClient);

/// <summary>What came of a wish to ban.</summary>
public enum BanResult
{
    Banned,

    /// <summary>Banned now; but it could not be written down and ends with the program.</summary>
    NotStored,

    /// <summary>The same is banned already.</summary>
    AlreadyBanned,

    /// <summary>There are as many bans as there may be.</summary>
    Full,

    /// <summary>The value is empty, too long, or no address.</summary>
    NotValid,
}
