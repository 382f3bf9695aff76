namespace Dashboard.Broker.Tests.Architecture;

/// <summary>
/// The rooms (namespaces) of a house and which others each may use. A sub-namespace belongs to its room. Types of the house's
/// own namespace stand in the hall, open to every room, except the few that wire the rooms together: they are the facade.
/// </summary>
internal sealed record Rooms(string House, IReadOnlyDictionary<string, string[]> Allowed)
{
    private const string Hall = "";
    private const string Facade = "Facade";

    private static readonly string[] FacadeTypes = ["MqttBroker", "BrokerServices"];

    public static Rooms OfTheBroker { get; } = InHouse("Dashboard.Broker");

    /// <summary>The table. A room that is not in it is reported, so that its arrows are decided.</summary>
    public static Rooms InHouse(string house) => new(house, new Dictionary<string, string[]>
    {
        ["Connections"] = ["Sessions", "Routing", "Retained", "Access", "Storage", "Messages"],
        ["Sessions"] = ["Routing", "Retained", "Access", "Storage", "Messages"],
        ["Retained"] = ["Storage", "Messages"],
        ["Routing"] = ["Messages"],
        ["Access"] = ["Messages"],
        ["Storage"] = ["Messages"],
        ["Messages"] = [],
        ["Monitoring"] = ["Connections", "Sessions", "Routing", "Retained", "Access", "Storage", "Messages", Facade],
        ["Hosting"] = ["Connections", "Sessions", "Routing", "Retained", "Access", "Storage", "Messages", "Monitoring", Facade],
    });

    /// <summary>One line for each wrong arrow.</summary>
    public IReadOnlyList<string> Violations(IEnumerable<Use> uses) => [.. uses.Select(Violation).OfType<string>().Order()];

    private string? Violation(Use use)
    {
        if (RoomOf(use.User) is not { } from || RoomOf(use.Used) is not { } to || from is Hall or Facade || to == from)
        {
            return null;
        }

        if (!Allowed.TryGetValue(from, out var allowed))
        {
            return $"{use.User}: the room {from} is not in the table of arrows";
        }

        return to == Hall || allowed.Contains(to) ? null : $"{use.User} uses {use.Used}: {from} must not point at {to}";
    }

    /// <summary>The room of a type; null when it is not of this house.</summary>
    private string? RoomOf(string type)
    {
        if (!type.StartsWith(House + ".", StringComparison.Ordinal))
        {
            return null;
        }

        var inside = type[(House.Length + 1)..].Split('.');
        return inside.Length > 1 ? inside[0] : FacadeTypes.Contains(inside[0]) ? Facade : Hall;
    }
}
