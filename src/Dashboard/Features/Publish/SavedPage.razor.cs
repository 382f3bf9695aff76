using Dashboard.Broker;
using Dashboard.Features.Publish.Kept;
using Dashboard.Features.Publish.Saved;
using Dashboard.Hosting;
using Dashboard.Shared;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;
using Radzen;

namespace Dashboard.Features.Publish;

/// <summary>The saved messages of everybody, by collection.</summary>
public sealed partial class SavedPage : LiveView
{
    private IReadOnlyList<SavedMessage> _messages = [];
    private List<Row> _rows = [];
    private int _imports; // a new field each time: the browser tells nothing when the same file is chosen again
    private string? _words;
    private Tone _tone;

    [Inject]
    private SavedMessages Messages { get; set; } = default!;

    [Inject]
    private PublishDesk Desk { get; set; } = default!;

    [Inject]
    private DashboardOptions Options { get; set; } = default!;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private string Full => Texts.Publish_SavedOf.With(Format.Count(_messages.Count), Format.Count(Options.MaxSavedMessages), Format.Bytes(Messages.Size), Format.Bytes(SavedMessages.MaxTotalSize))
        + (Messages.Refused == 0 ? "" : " " + Texts.Publish_RefusedTimes.With(Format.Count(Messages.Refused)));

    protected override TimeSpan Pace => ChartPace;

    protected override void OnInitialized() => Pull();

    protected override bool HasChanged()
    {
        var before = _messages;
        Pull();
        return !before.SequenceEqual(_messages);
    }

    private void Pull()
    {
        var messages = Messages.All();
        if (!messages.SequenceEqual(_messages))
        {
            _messages = messages;
            _rows = [.. messages.GroupBy(message => message.Collection, StringComparer.Ordinal).SelectMany(group => group.Select(message => new Row(group.Key, message)).Prepend(new Row(group.Key, null)))];
        }
    }

    private void Send(SavedMessage message)
    {
        var result = message.Draft.HasErrors
            ? new PublishResult(Tone.Bad, Texts.Publish_NotPublished.With(message.Draft.Errors[0]))
            : PublishResult.Send(Broker, message.Draft);
        Say($"{message.Name}: {result.Text}", result.Tone);
    }

    private void Open(SavedMessage message)
    {
        Desk.Open(message.Draft, saved: message);
        Navigation.NavigateTo("publish");
    }

    private async Task DeleteAsync(SavedMessage message)
    {
        if (await Dialogs.ConfirmAsync(Texts.Publish_DeleteSavedTitle, Texts.Publish_DeleteSavedText.With(message.Name), Texts.Publish_Delete, dangerous: true))
        {
            var outcome = Messages.Delete(message);
            var words = outcome switch
            {
                ChangeOutcome.ChangedMeanwhile => Texts.Publish_ChangedOnList,
                ChangeOutcome.Gone => Texts.Publish_GoneOnList,
                _ => SavedWords.Of(outcome, Messages, Options),
            };
            Say(words, outcome == ChangeOutcome.Done ? Tone.Good : Tone.Warning);
            Pull();
        }
    }

    private async Task ImportAsync(InputFileChangeEventArgs change)
    {
        await ReadAsync(change.File);
        _imports++;
    }

    private async Task ReadAsync(IBrowserFile file)
    {
        if (file.Size > SavedMessagesFile.MaxBytes)
        {
            Say(Texts.Publish_ImportTooLarge.With(Format.Bytes(file.Size), Format.Bytes(SavedMessagesFile.MaxBytes)), Tone.Bad);
            return;
        }

        try
        {
            using var content = new MemoryStream();
            await using (var stream = file.OpenReadStream(SavedMessagesFile.MaxBytes))
            {
                await stream.CopyToAsync(content);
            }

            Import(content.GetBuffer().AsSpan(0, (int)content.Length));
        }
        catch (Exception e) when (e is IOException or JSException or TimeoutException or OperationCanceledException)
        {
            Say(Texts.Publish_FileLost.With(file.Name), Tone.Bad);
        }
    }

    private void Import(ReadOnlySpan<byte> content)
    {
        if (SavedMessagesFile.Read(content, out var error) is not { } read)
        {
            Say(error, Tone.Bad);
            return;
        }

        var outcome = Messages.AddAll(read, out var added);
        var words = SavedWords.Of(outcome, Messages, Options);
        Say(words ?? (Texts.Publish_Imported.With(Format.Messages(added)) + (added == read.Count ? "" : " " + Texts.Publish_ImportedBefore.With(Format.Count(read.Count - added)))), words is null ? Tone.Good : Tone.Bad);
        Pull();
    }

    private void Say(string? words, Tone tone)
    {
        _words = words;
        _tone = tone;
    }

    private sealed record Row(string Collection, SavedMessage? Message)
    {
        public string Key => Message?.Id ?? "in " + Collection;
    }
}
