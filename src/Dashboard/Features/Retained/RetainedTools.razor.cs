using Dashboard.Shared;
using Dashboard.Shared.Deletions;
using Dashboard.Shared.Live;
using Dashboard.Shared.Transfer;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Dashboard.Features.Retained;

/// <summary>What can be done with the store as a whole: save what is shown to a file, bring a file back, protect sub-trees.</summary>
public sealed partial class RetainedTools : LiveView
{
    private const string File = "retained/file";

    private PageModule _module = default!;
    private DotNetObjectReference<RetainedTools>? _view;
    private ElementReference _file;
    private IReadOnlyList<ImportedLine> _bad = [];
    private int? _sent;
    private ImportProgress? _import;
    private Guid _importId;
    private int _lines;
    private int _stored;
    private string? _result;
    private bool _showsProtected;

    [Parameter, EditorRequired]
    public RetainedFilter Filter { get; set; } = default!;

    /// <summary>Told when messages have come in.</summary>
    [Parameter]
    public EventCallback Imported { get; set; }

    [Inject]
    private ProtectedTopics Protection { get; set; } = default!;

    [Inject]
    private Followed<ImportProgress> Imports { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private string ProtectedLabel => Protection.Unreadable is not null || Protection.All.Count == 0 ? Texts.Retained_Protect : Texts.Retained_ProtectCount.With(Protection.All.Count);

    private string ExportAddress => QueryHelpers.AddQueryString(File, new Dictionary<string, string?>
    {
        ["filter"] = Filter.Topics,
        ["older"] = Filter.AgeKey,
        ["by"] = Filter.Publisher,
        ["size"] = Filter.SizeKey,
        ["sort"] = Filter.SortKey,
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    /// <param name="percent">Of the file that has been sent.</param>
    [JSInvokable]
    public void Sent(int percent)
    {
        _sent = percent;
        HasChanged(); // how far the server is, of the same moment
        StateHasChanged();
    }

    public override async ValueTask DisposeAsync()
    {
        EndImport();
        await _module.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void OnInitialized() => _module = new PageModule(Js, Assets["js/upload.js"]);

    protected override bool HasChanged()
    {
        if (_import is not { } import || import.Lines == _lines)
        {
            return false;
        }

        (_lines, _stored) = (import.Lines, import.Stored);
        return true;
    }

    private async Task ImportAsync()
    {
        _view ??= _module.View(this);
        (_sent, _result, _bad, _lines, _stored) = (0, null, [], 0, 0);
        _importId = Imports.Follow(_import = new ImportProgress());
        try
        {
            await _module.ImportAsync();
            Say(await _module.AskAsync<ImportAnswer>("upload", _file, QueryHelpers.AddQueryString(File, "follow", _importId.ToString()), _view));
        }
        catch (JSException)
        {
            _result = Texts.Retained_ImportFailed;
        }

        EndImport();
        await Imported.InvokeAsync();
    }

    private void EndImport()
    {
        Imports.Unfollow(_importId);
        (_import, _sent) = (null, null);
    }

    private void Say(ImportAnswer? answer)
    {
        if (answer is null)
        {
            return;
        }

        if (answer.IsRefused)
        {
            _result = Texts.Retained_ImportRefused;
            return;
        }

        _result = Texts.Retained_ImportedCount.With(Format.Messages(answer.Stored));
        _result += answer.Newer > 0 ? "; " + Texts.Shared_PutBackNewer.With(Format.Count(answer.Newer)) : "";
        _result += answer.Expired > 0 ? "; " + Texts.Shared_PutBackExpired.With(Format.Count(answer.Expired)) : "";
        _result += answer.Bad > 0 ? "; " + Texts.Retained_BadCount.With(Format.Count(answer.Bad)) : "";
        _result += ".";
        _bad = answer.First;
    }

    public sealed record ImportedLine(int Line, string Problem);

    public sealed record ImportAnswer(int Stored, int Newer, int Expired, int Bad, IReadOnlyList<ImportedLine> First, bool IsRefused = false);
}
