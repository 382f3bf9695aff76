using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Topics;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Layout;

namespace Dashboard.Shared.Palette;

/// <summary>Pages, clients and topics by a part of their names: every word must be in it, in any case. The work of one search is bounded.</summary>
internal sealed class PaletteSearch(TopicMonitor topics, ClientDirectory clients)
{
    private const int MaxClients = 6;
    private const int MaxTopics = 12;
    private const int MaxVisited = 300_000;

    public PaletteResult Find(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var pages = NavEntry.All.Where(page => Has(page.Title, words)).Select(page => new PaletteEntry(page.Title, Texts.Shell_KindPage, page.Icon, page.Href));
        if (words.Length == 0)
        {
            return new PaletteResult([.. pages], 0, AllSearched: true);
        }

        var foundClients = clients.List().Where(client => Has(client.ClientId, words)).OrderBy(client => Rank(client.ClientId, words[0])).ToList();
        var walk = new TopicWalk(words);
        walk.Visit(topics.Root);
        var foundTopics = walk.Found.OrderBy(topic => Rank(topic, words[0])).ThenBy(topic => topic, StringComparer.Ordinal).Take(MaxTopics);
        return new PaletteResult(
            [.. pages, .. foundClients.Take(MaxClients).Select(Entry), .. foundTopics.Select(Entry), .. Actions(text.Trim())],
            Math.Max(0, foundClients.Count - MaxClients) + Math.Max(0, walk.Found.Count - MaxTopics),
            walk.Visited < MaxVisited);
    }

    private static PaletteEntry Entry(ClientInfo client) =>
        new(client.ClientId, client.IsConnected ? Texts.Shell_KindClient : Texts.Shell_KindClientOffline, "clients", ClientLink.Address(client.ClientId));

    private static PaletteEntry Entry(string topic) => new(topic, Texts.Shell_KindTopic, "topics", "topics?topic=" + Uri.EscapeDataString(topic));

    /// <summary>What can be done with the text itself, when it is a filter or a topic name; with a blank it is taken for one only when there is such a topic.</summary>
    private IEnumerable<PaletteEntry> Actions(string text)
    {
        if ((text.Contains(' ', StringComparison.Ordinal) && topics.Find(text) is not { IsTopic: true }) || FilterProblem.InWords(text) is not null)
        {
            yield break;
        }

        yield return new PaletteEntry(Texts.Shell_WatchMessages.With(text), Texts.Shell_KindAction, "messages", "messages?filter=" + Uri.EscapeDataString(TopicQuery.For(text)));
        if (!TopicFilter.HasWildcard(text))
        {
            yield return new PaletteEntry(Texts.Shell_PublishTo.With(text), Texts.Shell_KindAction, "publish", "publish?topic=" + Uri.EscapeDataString(text));
        }
    }

    private static bool Has(string name, string[] words) => words.All(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The name itself, then names that begin so, then those whose last level does, then the others.</summary>
    private static int Rank(string name, string word) =>
        name.Equals(word, StringComparison.OrdinalIgnoreCase) ? 0
        : name.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 1
        : name.AsSpan(name.LastIndexOf('/') + 1).StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 2
        : 3;

    private sealed class TopicWalk(string[] words)
    {
        public List<string> Found { get; } = [];

        public int Visited { get; private set; }

        public void Visit(TopicNode node)
        {
            if (++Visited >= MaxVisited)
            {
                return;
            }

            if (node.IsTopic && Has(node.Path, words))
            {
                Found.Add(node.Path);
            }

            foreach (var child in node.Children)
            {
                Visit(child);
            }
        }
    }
}
