using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Shared.Transfer;

/// <summary>A link that saves stored messages to a file, and how far the newest download of it is.</summary>
public sealed partial class ExportLink : LiveView
{
    private readonly ExportProgress _progress = new();
    private Guid? _id;
    private ExportRun? _run;
    private int _sent;
    private int _gone;
    private bool _ended;

    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Inject]
    private Followed<ExportProgress> Exports { get; set; } = default!;

    private string FollowedAddress => _id is { } id ? QueryHelpers.AddQueryString(Address, "follow", id.ToString()) : Address;

    public override async ValueTask DisposeAsync()
    {
        if (_id is { } id)
        {
            Exports.Unfollow(id);
        }

        await base.DisposeAsync();
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _id = Exports.Follow(_progress);
        }
    }

    protected override bool HasChanged()
    {
        if (_progress.Newest is not { } run)
        {
            return false;
        }

        var ended = run.Ended; // before the counts: they are final with it
        if (run == _run && (run.Sent, run.Gone, ended) == (_sent, _gone, _ended))
        {
            return false;
        }

        (_run, _sent, _gone, _ended) = (run, run.Sent, run.Gone, ended);
        return true;
    }

    private string Result(ExportRun run)
    {
        if (!run.IsWhole)
        {
            return Texts.Shared_ExportStopped.With(Format.Count(_sent), Format.Messages(run.Total));
        }

        return Texts.Shared_Exported.With(Format.Messages(_sent)) + (_gone > 0 ? "; " + Texts.Shared_ExportGone.With(Format.Count(_gone)) : "") + ".";
    }
}
