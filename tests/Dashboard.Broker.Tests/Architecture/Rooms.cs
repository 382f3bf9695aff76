namespace Dashboard.Broker.Tests.Architecture;

/// <summary>
/// The rooms (namespaces) of a house and which others each may use. A sub-namespace belongs to its room. Types of the house's
/// own namespace stand in the hall: every room may use them, except those that only wire the house together.
/// </summary>
internal sealed record Rooms(string House, IReadOnlyDictionary<string, string[]> Allowed, params string[] OnlyForTheOutside)
{
    /// <summary>Stands in the table for the types that wire the house together.</summary>
    private const string Facade = "the facade";

    public static Rooms OfTheBroker { get; } = InHouse("Dashboard.Broker");

    /// <summary>The table. A room that is not in it is reported, so that its arrows are decided.</summary>
    public static Rooms InHouse(string house) => new(
        house,
        new Dictionary<string, string[]>
        {
            ["Hosting"] = ["Connections", "Sessions", "Routing", "Retained", "Access", "Storage", "Messages", "Monitoring", Facade],
            ["Monitoring"] = ["Connections", "Sessions", "Routing", "Retained", "Access", "Storage", "Messages", Facade],
            ["Connections"] = ["Sessions", "Routing", "Retained", "Access", "Storage", "Messages"],
            ["Sessions"] = ["Routing", "Retained", "Access", "Storage", "Messages"],
            ["Routing"] = ["Messages"],
            ["Retained"] = ["Messages"],
            ["Access"] = ["Messages"],
            ["Storage"] = ["Messages"],
            ["Messages"] = [],
        },
        "MqttBroker",
        "BrokerServices");

    /// <summary>One line for each wrong arrow.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<Use> uses) => [.. uses.Select(Violation).OfType<string>().Order()];

    private string? Violation(Use use)
    {
        if (RoomOf(use.User) is not { Length: > 0 } from || RoomOf(use.Used) is not { } to || from == to)
        {
            return null;
        }

        if (!Allowed.TryGetValue(from, out var allowed))
        {
            return $"{use.User}: the room {from} is not in the table of arrows";
        }

        if (to.Length > 0)
        {
            return allowed.Contains(to) ? null : $"{use.User} uses {use.Used}: {from} must not point at {to}";
        }

        return OnlyForTheOutside.Contains(use.Used[(House.Length + 1)..]) && !allowed.Contains(Facade)
            ? $"{use.User} uses {use.Used}: a room must not use what wires the rooms together"
            : null;
    }

    /// <summary>The room of a type, "" for the hall, null when it is not of this house.</summary>
    private string? RoomOf(string type)
    {
        if (!type.StartsWith(House + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var inside = type[(House.Length + 1)..];
        var end = inside.IndexOf('.', StringComparison.Ordinal);
        return end < 0 ? "" : inside[..end];
    }
}
