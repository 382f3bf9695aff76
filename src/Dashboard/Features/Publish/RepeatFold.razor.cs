using System.Globalization;
using Dashboard.Features.Publish.Kept;
using Dashboard.Features.Publish.Repeating;
using Dashboard.Hosting;
using Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Publish;

/// <summary>Makes the draft a repeating publisher, or changes one.</summary>
public sealed partial class RepeatFold : ComponentBase
{
    private const string Places = "{{counter}} {{random 18 24}} {{sine 20 5 60s}} {{now}} {{uuid}}";
    private const int MaxPreview = 300;

    private string _every = "5 s";
    private string _times = "";
    private string? _messageError;
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
    private RepeatingPublishers Publishers { get; set; } = default!;

    [Inject]
    private DashboardOptions Options { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private RepeatingMessage? Message => RepeatingMessage.Read(Draft, MomentAfter(0), out _messageError);

    private string? IntervalError =>
        !Interval.TryRead(_every, out var every) ? Texts.Publish_BadInterval.With(_every)
        : every < Options.MinRepeatInterval ? Texts.Publish_IntervalTooShort.With(Interval.Write(Options.MinRepeatInterval))
        : null;

    private string? TimesError => _times.Length == 0 || Times is not null ? null : Texts.Publish_BadTimes.With(_times);

    private long? Times => long.TryParse(_times, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0 ? times : null;

    protected override void OnParametersSet()
    {
        var key = Desk.Repeating is { } opened ? $"{opened.Id} {opened.Version}" : null;
        if (key != _shown && Desk.Repeating is { } publisher)
        {
            _every = Interval.Write(publisher.Every);
            _times = publisher.Limit?.ToString(CultureInfo.InvariantCulture) ?? "";
        }

        _shown = key;
    }

    private TemplateMoment MomentAfter(long messages) => new((Desk.Repeating?.Sent ?? 0) + messages, Clock.GetUtcNow() + (Interval.TryRead(_every, out var every) ? every * messages : TimeSpan.Zero));

    private string Preview(long messages)
    {
        var preview = Message!.Preview(MomentAfter(messages));
        var words = $"{preview.Topic}  {preview.PayloadBeginning}";
        return words.Length > MaxPreview ? words[..MaxPreview] + "…" : words;
    }

    private void Keep()
    {
        if (Desk.Repeating is not { } seen)
        {
            KeepAsNew();
        }
        else if (IsReady(out var every))
        {
            var draft = Draft.Copy();
            Say(Publishers.Change(seen, old => old with { Draft = draft, Every = every, Limit = Times }), Texts.Publish_RepeatChanged);
            if (_outcome == ChangeOutcome.Done)
            {
                Desk.Repeating = Publishers.Find(seen.Id);
            }
        }
    }

    private void KeepAsNew()
    {
        if (IsReady(out var every))
        {
            Desk.Repeating = null;
            Say(Publishers.Add(Draft, every, Times), Texts.Publish_RepeatStarted.With(Interval.Write(every)));
        }
    }

    private bool IsReady(out TimeSpan every)
    {
        var isInterval = Interval.TryRead(_every, out every);
        _outcome = null;
        _words = IntervalError ?? TimesError ?? (Message is null ? _messageError : null);
        return isInterval && _words is null;
    }

    private void Say(ChangeOutcome outcome, string done)
    {
        _outcome = outcome;
        _words = outcome switch
        {
            ChangeOutcome.Done => Publishers.Failure is { } failure ? Texts.Publish_NotOnDisk.With(failure) : done,
            ChangeOutcome.Full => Texts.Publish_RepeatFull.With(Options.MaxRepeatingPublishers),
            ChangeOutcome.TooLarge => Texts.Publish_KeptTooLarge.With(Format.Bytes(RepeatingPublishers.MaxSize), Format.Bytes((long)RepeatingPublishers.MaxSize * Options.MaxRepeatingPublishers)),
            ChangeOutcome.Gone => Texts.Publish_GoneMeanwhile,
            _ => Texts.Publish_ChangedMeanwhile,
        };
    }

    private Task TakeTheirs()
    {
        var theirs = Publishers.Find(Desk.Repeating!.Id);
        Desk.Open(theirs?.Draft ?? Draft, repeating: theirs);
        _outcome = null;
        _words = theirs is null ? Texts.Publish_GoneMeanwhile : null;
        OnParametersSet();
        return OnOpened.InvokeAsync();
    }

    private Task StopEditing()
    {
        Desk.Open(new MessageDraft());
        _outcome = null;
        _words = null;
        return OnOpened.InvokeAsync();
    }
}
