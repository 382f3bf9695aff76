using Dashboard.Features.Publish.Kept;
using Dashboard.Features.Publish.Saved;
using Dashboard.Hosting;
using Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Publish;

/// <summary>Keeps the draft under a name, for everybody, or changes what is kept.</summary>
public sealed partial class SaveFold : ComponentBase
{
    private string _name = "";
    private string _collection = "";
    private string? _shown;
    private ChangeOutcome? _outcome;
    private string? _words;

    [Parameter, EditorRequired]
    public MessageDraft Draft { get; set; } = default!;

    /// <summary>Told when another draft is on the desk.</summary>
    [Parameter]
    public EventCallback OnOpened { get; set; }

    [Inject]
    private PublishDesk Desk { get; set; } = default!;

    [Inject]
    private SavedMessages Messages { get; set; } = default!;

    [Inject]
    private DashboardOptions Options { get; set; } = default!;

    private IEnumerable<string> Collections => Messages.All().Select(message => message.Collection).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal);

    protected override void OnParametersSet()
    {
        var key = Desk.Saved is { } opened ? $"{opened.Id} {opened.Version}" : null;
        if (key != _shown && Desk.Saved is { } saved)
        {
            _name = saved.Name;
            _collection = saved.Collection;
        }

        _shown = key;
    }

    private void Change()
    {
        if (IsNamed() && Desk.Saved is { } seen)
        {
            Say(Messages.Change(seen, _name.Trim(), _collection.Trim(), Draft));
            Desk.Saved = _outcome == ChangeOutcome.Done ? Messages.Find(seen.Id) : seen;
        }
    }

    private void KeepAsNew()
    {
        if (IsNamed())
        {
            Desk.Saved = null;
            Say(Messages.Add(_name.Trim(), _collection.Trim(), Draft));
        }
    }

    private bool IsNamed()
    {
        _outcome = null;
        _words = string.IsNullOrWhiteSpace(_name) ? Texts.Publish_SaveNameFirst
            : _name.Length > SavedMessages.MaxName || _collection.Length > SavedMessages.MaxName ? Texts.Publish_SavedTooLong.With(SavedMessages.MaxName)
            : null;
        return _words is null;
    }

    private void Say(ChangeOutcome outcome)
    {
        _outcome = outcome;
        _words = outcome == ChangeOutcome.Done && Messages.Failure is null ? Texts.Publish_SavedNow.With(_name.Trim()) : SavedWords.Of(outcome, Messages, Options);
    }

    private Task TakeTheirs()
    {
        var theirs = Messages.Find(Desk.Saved!.Id);
        Desk.Open(theirs?.Draft ?? Draft, saved: theirs);
        _outcome = null;
        _words = theirs is null ? Texts.Publish_GoneMeanwhile : null;
        OnParametersSet();
        return OnOpened.InvokeAsync();
    }
}
