using Dashboard.Broker;
using Dashboard.Shared.Deletions;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Features.Topics;

/// <summary>What the broker keeps of a topic and of everything below it, with a way to delete it and to take that back.</summary>
public sealed partial class TopicRetained : LiveView
{
    private const int RestFactor = 10;

    private bool _isRetained;
    private int _stored;
    private long _version = -1;
    private long _restUntil;
    private Deletion? _undo;
    private string? _undoWords;
    private string? _news;

    [Parameter, EditorRequired]
    public string Topic { get; set; } = "";

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private RecentDeletions Deletions { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private string Tree => Topic + "/#";

    protected override void OnInitialized() => Read();

    /// <summary>Counting takes time that grows with the store, so it rests ten times as long.</summary>
    protected override bool HasChanged()
    {
        var undo = Undoable();
        if (undo == _undo && UndoWords() == _undoWords && (_version == Broker.RetainedVersion || Clock.GetTimestamp() < _restUntil))
        {
            return false;
        }

        if (undo != _undo)
        {
            // Somebody else did this, or its time is over.
            _news = undo is null ? DeletionWords.Restored(null) : null;
        }

        Read();
        return true;
    }

    private void Read()
    {
        var started = Clock.GetTimestamp();
        _version = Broker.RetainedVersion;
        _isRetained = Broker.HasRetained(Topic);
        _stored = Broker.CountRetained(Tree);
        _undo = Undoable();
        _undoWords = UndoWords();
        var ended = Clock.GetTimestamp();
        _restUntil = ended + (RestFactor * (ended - started));
    }

    /// <summary>The newest that was deleted here: the Retained page shows the rest.</summary>
    private Deletion? Undoable() => Deletions.All.FirstOrDefault(deletion => deletion.Filter == Topic || deletion.Filter == Tree);

    /// <summary>They say how much time is left.</summary>
    private string? UndoWords() => _undo is null ? null : DeletionWords.Undo(_undo, Clock.GetUtcNow());

    private async Task DeleteOne()
    {
        if (!Deletions.IsForGood(Topic) || await Dialogs.AskToDeleteAsync(Topic))
        {
            Delete(Topic);
        }
    }

    private async Task DeleteAll()
    {
        if (await Dialogs.AskToDeleteAsync(Tree))
        {
            Delete(Tree);
        }
    }

    private void Delete(string filter)
    {
        var deletion = Deletions.Delete(filter);
        _news = deletion.Messages.CanRestore ? null : DeletionWords.Deleted(deletion);
        Read();
    }

    private void Undo()
    {
        _news = DeletionWords.Restored(Deletions.Undo(_undo!));
        Read();
    }
}
