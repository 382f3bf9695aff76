using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages.Query;
using Dashboard.Shared.Mutes;

namespace Dashboard.Features.Messages;

/// <summary>One stream of the page: its query and its messages.</summary>
public sealed class PageStream(MessageStreams streams, int length) : IDisposable
{
    /// <summary>As it was entered last.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What is watched; null when nothing is.</summary>
    public MessageQuery? Query { get; private set; }

    /// <summary>Why <see cref="Text"/> is not watched.</summary>
    public QueryError? Error { get; private set; }

    public LiveMessages Messages { get; } = new(streams, length);

    public bool IsAtTop { get; set; } = true;

    public bool PointerMoves { get; set; }

    /// <summary>Somebody reads further down, or is about to choose a row.</summary>
    public bool IsHeld => !IsAtTop || PointerMoves;

    /// <summary>Watches a query, when it is one; what was watched before goes on otherwise.</summary>
    /// <param name="isLive">False while the page is only a picture: then nothing is opened yet.</param>
    /// <param name="muted">What is left out unless the query asks for it by name.</param>
    public bool Watch(string? text, bool isLive, MutedTopics? muted = null)
    {
        var isNew = Query is null || (text ?? "") != Text;
        Text = text ?? "";
        var query = MessageQuery.Parse(Text, out var error);
        Error = error;
        if (query is null)
        {
            return false;
        }

        if (isNew && isLive)
        {
            Query = query;
            IsAtTop = true;
            Messages.Watch(Without(muted, query.Filter));
        }

        return true;
    }

    /// <summary>The list of what is muted changed: the rows and numbers go on without it.</summary>
    public void Mute(MutedTopics muted)
    {
        if (Query is not null)
        {
            Messages.GoOn(Without(muted, Query.Filter));
        }
    }

    public void Dispose() => Messages.Dispose();

    private static StreamFilter Without(MutedTopics? muted, StreamFilter filter)
    {
        var left = (muted?.Topics ?? []).Where(topic => !filter.Topics.Any(asked => asked == topic || asked.StartsWith(topic + "/", StringComparison.Ordinal))).Select(topic => topic + "/#").ToList();
        return left.Count == 0 ? filter : filter with { NotTopics = [.. filter.NotTopics, .. left] };
    }
}
