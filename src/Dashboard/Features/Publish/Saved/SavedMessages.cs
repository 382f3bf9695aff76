using System.Text.Json;
using Dashboard.Features.Publish.Kept;
using Dashboard.Shared.Held;

namespace Dashboard.Features.Publish.Saved;

/// <summary>The messages that people keep under names, in collections; every change is on the disk before it is said to be done.</summary>
internal sealed class SavedMessages : IHoldsMemory
{
    /// <summary>Characters and bytes of one message, and of all together.</summary>
    public const int MaxSize = 64 * 1024;
    public const int MaxTotalSize = 16 * 1024 * 1024;

    /// <summary>Characters of a name, and of a collection's.</summary>
    public const int MaxName = 100;

    private readonly Lock _lock = new(); // guards _all; the file is written inside it, in the order of the changes
    private readonly KeptFile<List<SavedMessage>> _file;
    private readonly int _most;
    private Dictionary<string, SavedMessage> _all;

    public SavedMessages(KeptFile<List<SavedMessage>> file, int most)
    {
        _file = file;
        _most = most;
        _all = (file.Read() ?? []).ToDictionary(message => message.Id);
    }

    /// <summary>Why changes are not on the disk; null while all is well.</summary>
    public string? Failure => _file.Failure;

    /// <summary>Bytes and characters of all drafts.</summary>
    public long Size
    {
        get
        {
            lock (_lock)
            {
                return _all.Values.Sum(message => (long)message.Draft.Size);
            }
        }
    }

    public HeldMemory Held => new(Texts.Overview_SavedMessages, "publish/saved", Size, MaxTotalSize);

    /// <summary>How often something was not kept since the start, because of one of the limits.</summary>
    public long Refused { get; private set; }

    /// <summary>By collection, then by name.</summary>
    public IReadOnlyList<SavedMessage> All()
    {
        lock (_lock)
        {
            return [.. _all.Values
                .OrderBy(message => message.Collection, StringComparer.OrdinalIgnoreCase)
                .ThenBy(message => message.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(message => message.Id, StringComparer.Ordinal)];
        }
    }

    public SavedMessage? Find(string id)
    {
        lock (_lock)
        {
            return _all.GetValueOrDefault(id);
        }
    }

    public ChangeOutcome Add(string name, string collection, MessageDraft draft)
    {
        lock (_lock)
        {
            var message = New(name, collection, draft);
            return Put(new Dictionary<string, SavedMessage>(_all) { [message.Id] = message });
        }
    }

    /// <summary>All of them or none, less those that are there already, word for word: a file that is read twice adds nothing.</summary>
    /// <param name="added">How many are new.</param>
    public ChangeOutcome AddAll(IReadOnlyList<(string Name, string Collection, MessageDraft Draft)> messages, out int added)
    {
        lock (_lock)
        {
            var all = new Dictionary<string, SavedMessage>(_all);
            var known = _all.Values.Select(Content).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, collection, draft) in messages)
            {
                var message = New(name, collection, draft);
                if (!known.Contains(Content(message)))
                {
                    all.Add(message.Id, message);
                }
            }

            added = all.Count - _all.Count;
            return Put(all);
        }
    }

    /// <param name="seen">The one that the person had before them when they changed it.</param>
    public ChangeOutcome Change(SavedMessage seen, string name, string collection, MessageDraft draft)
    {
        lock (_lock)
        {
            return Check(seen) is var found && found != ChangeOutcome.Done
                ? found
                : Put(new Dictionary<string, SavedMessage>(_all)
                {
                    [seen.Id] = new SavedMessage { Id = seen.Id, Version = seen.Version + 1, Name = name, Collection = collection, Draft = draft.Copy() },
                });
        }
    }

    public ChangeOutcome Delete(SavedMessage seen)
    {
        lock (_lock)
        {
            if (Check(seen) is var found && found != ChangeOutcome.Done)
            {
                return found;
            }

            var all = new Dictionary<string, SavedMessage>(_all);
            all.Remove(seen.Id);
            return Put(all);
        }
    }

    private static SavedMessage New(string name, string collection, MessageDraft draft) =>
        new() { Id = Guid.NewGuid().ToString("N"), Name = name, Collection = collection, Draft = draft.Copy() };

    private static string Content(SavedMessage message) => JsonSerializer.Serialize(message with { Id = "", Version = 0 }, KeptJson.Options);

    private ChangeOutcome Check(SavedMessage seen) =>
        !_all.TryGetValue(seen.Id, out var message) ? ChangeOutcome.Gone
        : message.Version != seen.Version ? ChangeOutcome.ChangedMeanwhile
        : ChangeOutcome.Done;

    private ChangeOutcome Put(Dictionary<string, SavedMessage> all)
    {
        var grows = all.Count >= _all.Count;
        if (grows && (all.Values.Any(message => message.Draft.Size > MaxSize) || all.Values.Sum(message => (long)message.Draft.Size) > MaxTotalSize))
        {
            Refused++;
            return ChangeOutcome.TooLarge;
        }

        if (all.Count > _most && all.Count > _all.Count)
        {
            Refused++;
            return ChangeOutcome.Full;
        }

        _all = all;
        _file.Write([.. all.Values]);
        return ChangeOutcome.Done;
    }
}
