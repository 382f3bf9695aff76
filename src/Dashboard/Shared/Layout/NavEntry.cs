namespace Dashboard.Shared.Layout;

/// <summary>One page in the navigation. <paramref name="OnPhoneBar"/>: it stands in the phone's bottom bar itself, the others are behind "More".</summary>
public sealed record NavEntry(string Href, Func<string> Name, string Icon, bool OnPhoneBar)
{
    /// <summary>The page's name in the reader's language.</summary>
    public string Title => Name();

    public static IReadOnlyList<NavEntry> All { get; } =
    [
        new("", () => Texts.Shell_PageOverview, "overview", OnPhoneBar: true),
        new("topics", () => Texts.Shell_PageTopics, "topics", OnPhoneBar: true),
        new("messages", () => Texts.Shell_PageMessages, "messages", OnPhoneBar: true),
        new("publish", () => Texts.Shell_PagePublish, "publish", OnPhoneBar: true),
        new("retained", () => Texts.Shell_PageRetained, "retained", OnPhoneBar: false),
        new("clients", () => Texts.Shell_PageClients, "clients", OnPhoneBar: false),
    ];
}
