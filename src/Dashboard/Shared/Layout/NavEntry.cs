namespace Dashboard.Shared.Layout;

/// <summary>One page in the navigation. <paramref name="OnPhoneBar"/>: it stands in the phone's bottom bar itself, the others are behind "More".</summary>
public sealed record NavEntry(string Href, string Title, string Icon, bool OnPhoneBar)
{
    public static IReadOnlyList<NavEntry> All { get; } =
    [
        new("", "Overview", "overview", OnPhoneBar: true),
        new("topics", "Topics", "topics", OnPhoneBar: true),
        new("messages", "Messages", "messages", OnPhoneBar: true),
        new("publish", "Publish", "publish", OnPhoneBar: true),
        new("retained", "Retained", "retained", OnPhoneBar: false),
        new("clients", "Clients", "clients", OnPhoneBar: false),
    ];
}
