using Dashboard.Features.Publish.Kept;
using Dashboard.Features.Publish.Repeating;
using Dashboard.Hosting;
using Dashboard.Shared;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Features.Publish;

/// <summary>All repeating publishers: how they are, and what can be done to them.</summary>
public sealed partial class RepeatingPage : LiveView
{
    private List<RepeatingState> _all = [];
    private string? _words;

    [Inject]
    private RepeatingPublishers Publishers { get; set; } = default!;

    [Inject]
    private DashboardOptions Options { get; set; } = default!;

    [Inject]
    private PublishDesk Desk { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    protected override TimeSpan Pace => ChartPace;

    private string Full => Texts.Publish_RepeatingOf.With(Format.Count(_all.Count), Format.Count(Options.MaxRepeatingPublishers))
        + (Publishers.Refused == 0 ? "" : " " + Texts.Publish_RefusedTimes.With(Format.Count(Publishers.Refused)));

    protected override void OnInitialized() => Pull();

    protected override bool HasChanged()
    {
        Pull();
        return true;
    }

    private void Pull() => _all = [.. Publishers.All()];

    private void Toggle(RepeatingPublisher publisher) => Say(Publishers.Change(
        publisher,
        now => now.IsDone ? now with { Sent = 0, IsPaused = false } : now with { IsPaused = !now.IsPaused }));

    private void Edit(RepeatingPublisher publisher)
    {
        Desk.Open(publisher.Draft, repeating: publisher);
        Navigation.NavigateTo("publish");
    }

    private async Task DeleteAsync(RepeatingPublisher publisher)
    {
        if (await Dialogs.ConfirmAsync(Texts.Publish_DeleteRepeatTitle, Texts.Publish_DeleteRepeatText.With(publisher.Draft.Topic), Texts.Publish_Delete, dangerous: true))
        {
            Say(Publishers.Delete(publisher));
        }
    }

    private void Say(ChangeOutcome outcome)
    {
        _words = outcome switch
        {
            ChangeOutcome.Done => null,
            ChangeOutcome.Gone => Texts.Publish_GoneOnList,
            _ => Texts.Publish_ChangedOnList,
        };
        Pull();
    }
}
