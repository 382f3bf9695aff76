using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages.Query;

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
    public bool Watch(string? text, bool isLive)
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
            Messages.Watch(query.Filter);
        }

        return true;
    }

    public void Dispose() => Messages.Dispose();
}
