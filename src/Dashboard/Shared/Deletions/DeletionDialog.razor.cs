using Dashboard.Broker;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Shared.Deletions;

/// <summary>Says what a filter would delete, before it does.</summary>
public sealed partial class DeletionDialog : ComponentBase
{
    private const int Listed = 8;

    private RetainedOutline _outline = new(0, 0, []);
    private IReadOnlyList<RetainedMessage> _first = [];

    [Parameter, EditorRequired]
    public string Filter { get; set; } = "";

    protected override void OnInitialized()
    {
        _outline = Broker.OutlineRetained(Filter, int.MaxValue);
        _first = Broker.ReadRetained(Filter, after: null, Listed, maxPayload: 0);
    }
}

internal static class DeletionQuestion
{
    /// <summary>True when the person pressed the button that names what it deletes.</summary>
    public static async Task<bool> AskToDeleteAsync(this DialogService dialogs, string filter) =>
        await dialogs.OpenAsync<DeletionDialog>(
            Texts.Shared_DeleteRetainedQuestion,
            new Dictionary<string, object?> { [nameof(DeletionDialog.Filter)] = filter },
            new DialogOptions { Width = "min(32rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, CloseDialogOnOverlayClick = true }) is true;
}
