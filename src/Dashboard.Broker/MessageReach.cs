using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

/// <summary>Whom a message would reach if it were published now.</summary>
/// <param name="Total">Sessions whose own subscriptions match.</param>
/// <param name="Offline">How many of them are not connected.</param>
/// <param name="TotalGroups">Shared subscriptions that match; one member of each gets the message.</param>
/// <param name="Sessions">The first of the sessions by client id.</param>
/// <param name="Groups">The first of the shared subscriptions by name.</param>
public sealed record MessageReach(int Total, int Offline, int TotalGroups, IReadOnlyList<Receiver> Sessions, IReadOnlyList<ReceiverGroup> Groups)
{
    public static readonly MessageReach Nobody = new(0, 0, 0, [], []);

    public bool IsNobody => Total == 0 && TotalGroups == 0;

    /// <summary>Receivers that are not listed.</summary>
    public int NotListed => Total - Sessions.Count + TotalGroups - Groups.Count;

    /// <summary>When nobody would get it, or only who listens to everything: the subscription that comes closest, if one is close.</summary>
    public NearMiss? NearMiss { get; init; }

    /// <summary>How many subscriptions were compared before the time for it was over; null when all were.</summary>
    public int? ComparedOnly { get; init; }
}

/// <summary>A session whose subscriptions match.</summary>
/// <param name="QoS">At which it would get the message: the lower of what is published and what was granted.</param>
public sealed record Receiver(string ClientId, bool IsConnected, QualityOfService QoS, IReadOnlyList<string> Filters);

/// <summary>A shared subscription that matches.</summary>
/// <param name="Filter">Without <c>$share</c> and the name.</param>
/// <param name="Connected">How many of the members are connected.</param>
public sealed record ReceiverGroup(string Name, string Filter, int Members, int Connected);

/// <summary>A subscription that does not match but looks as if it was meant to.</summary>
/// <param name="Reason">Why it does not match, in a short sentence without a full stop.</param>
public sealed record NearMiss(string ClientId, string Filter, string Reason);
