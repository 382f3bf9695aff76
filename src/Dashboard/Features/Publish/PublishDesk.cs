namespace Dashboard.Features.Publish;

/// <summary>A message that was published from the page, and what became of it.</summary>
public sealed record SentMessage(long Number, DateTimeOffset Time, MessageDraft Draft, PublishResult Result);

/// <summary>What one person at the Publish page has before them; it stays while they look at other pages.</summary>
internal sealed class PublishDesk(TimeProvider time)
{
    public const int MaxSent = 20;

    private readonly List<SentMessage> _sent = [];
    private long _number;

    public MessageDraft Draft { get; set; } = new();

    /// <summary>The newest first; the oldest go.</summary>
    public IReadOnlyList<SentMessage> Sent => _sent;

    public void Add(MessageDraft draft, PublishResult result)
    {
        _sent.Insert(0, new SentMessage(++_number, time.GetUtcNow(), draft.Copy(), result));
        if (_sent.Count > MaxSent)
        {
            _sent.RemoveAt(MaxSent);
        }
    }

    public void Forget() => _sent.Clear();
}
