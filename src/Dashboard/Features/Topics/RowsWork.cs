using Dashboard.Features.Topics.Finding;

namespace Dashboard.Features.Topics;

/// <summary>What the rows need and what takes long with many topics: an order by values, and what a search finds. Done away from the page's own thread; the latest wish overtakes the others.</summary>
/// <param name="IsAsked">A person asked for it; else it is only the news.</param>
/// <param name="Order">The order to use; null takes a new one.</param>
internal sealed record RowsWish(TopicSearch Search, TopicSort Sort, bool IsAsked, TopicOrder? Order, FoundTopics? Before);

/// <param name="Found">Null when nothing is searched.</param>
/// <param name="Sequence">Payloads up to this message were seen.</param>
/// <param name="Took">In ticks of the clock.</param>
internal sealed record RowsResult(TopicOrder Order, FoundTopics? Found, long Version, long Sequence, long Took);

/// <summary>One wish that is being fulfilled.</summary>
internal sealed class RowsWork : IDisposable
{
    private readonly CancellationTokenSource _overtaken = new();

    public RowsWork(RowsWish wish, Func<RowsWish, CancellationToken, RowsResult> fulfil, bool isSmall)
    {
        Wish = wish;
        Result = isSmall ? Task.FromResult(fulfil(wish, CancellationToken.None)) : Task.Run(() => fulfil(wish, _overtaken.Token), _overtaken.Token);
    }

    public RowsWish Wish { get; }

    public Task<RowsResult> Result { get; }

    public void Dispose()
    {
        _overtaken.Cancel();
        _overtaken.Dispose();
    }
}
