using System.Text.Json;
using Dashboard.Features.Publish.Kept;
using Dashboard.Features.Publish.Repeating;
using Dashboard.Features.Publish.Saved;

namespace Dashboard.Features.Publish;

/// <summary>A message that was published from the page, and what became of it.</summary>
public sealed record SentMessage(long Number, DateTimeOffset Time, MessageDraft Draft, PublishResult Result);

/// <summary>What one person at the Publish page has before them; it stays while they look at other pages.</summary>
internal sealed class PublishDesk(TimeProvider time)
{
    public const int MaxSent = 20;

    /// <summary>Above this size of a draft its file is not held for being sent again, and the browser does not remember it.</summary>
    private const int MaxSizeHeld = 1024 * 1024;
    private const int MaxSizeRemembered = 16 * 1024;

    private readonly List<SentMessage> _sent = [];
    private long _number;
    private long _oldest; // recalled ones count down from here

    public MessageDraft Draft { get; set; } = new();

    /// <summary>The repeating publisher that is being changed; null when a message is written anew.</summary>
    public RepeatingPublisher? Repeating { get; set; }

    /// <summary>The saved message that is being changed; null when a message is written anew.</summary>
    public SavedMessage? Saved { get; set; }

    /// <summary>The newest first; the oldest go.</summary>
    public IReadOnlyList<SentMessage> Sent => _sent;

    public void Open(MessageDraft draft, RepeatingPublisher? repeating = null, SavedMessage? saved = null)
    {
        Draft = draft.Copy();
        Repeating = repeating;
        Saved = saved;
    }

    public SentMessage Add(MessageDraft draft, PublishResult result)
    {
        var held = draft.Copy();
        held.File = draft.Size > MaxSizeHeld ? null : draft.File;
        var sent = new SentMessage(++_number, time.GetUtcNow(), held, result);
        _sent.Insert(0, sent);
        Trim();
        return sent;
    }

    public void Forget() => _sent.Clear();

    /// <summary>For the browser to remember: what was just sent, before what it remembers now, as another tab may have written there.</summary>
    public static string Remembered(SentMessage sent, string? now)
    {
        var before = Read(now);
        return JsonSerializer.Serialize((sent.Draft.Size <= MaxSizeRemembered ? before.Prepend(sent) : before).Take(MaxSent), KeptJson.Options);
    }

    /// <summary>Adds what the browser remembers, which may be anything.</summary>
    public void Recall(string? remembered)
    {
        _sent.AddRange(Read(remembered).Where(message => !_sent.Exists(known => known.Time == message.Time && known.Draft.Topic == message.Draft.Topic)).Select(message => message with { Number = --_oldest }));
        _sent.Sort((one, other) => other.Time.CompareTo(one.Time));
        Trim();
    }

    private static IEnumerable<SentMessage> Read(string? remembered)
    {
        try
        {
            var messages = JsonSerializer.Deserialize<List<SentMessage?>>(remembered ?? "[]", KeptJson.Options) ?? [];
            return messages.OfType<SentMessage>().Where(message => message is { Draft.HasNulls: false, Result.Text: not null });
        }
        catch (JsonException)
        {
            return []; // Not ours, or of another version: as if it remembered nothing.
        }
    }

    private void Trim()
    {
        if (_sent.Count > MaxSent)
        {
            _sent.RemoveRange(MaxSent, _sent.Count - MaxSent);
        }
    }
}
