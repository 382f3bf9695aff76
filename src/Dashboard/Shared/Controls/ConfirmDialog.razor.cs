using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Shared.Controls;

/// <summary>A question with a way back. Ask it by <c>await Dialogs.ConfirmAsync(…)</c>.</summary>
public sealed partial class ConfirmDialog : ComponentBase
{
    [Parameter, EditorRequired]
    public string Question { get; set; } = "";

    [Parameter, EditorRequired]
    public string Yes { get; set; } = "";

    [Parameter]
    public bool Dangerous { get; set; }

    [Inject]
    private DialogService Dialogs { get; set; } = default!;
}

public static class Confirmation
{
    /// <summary>True when the person pressed the button that is named by what it does, such as "Delete 12 messages".</summary>
    public static async Task<bool> ConfirmAsync(this DialogService dialogs, string title, string question, string yes, bool dangerous = false) =>
        await dialogs.OpenAsync<ConfirmDialog>(
            title,
            new Dictionary<string, object?>
            {
                [nameof(ConfirmDialog.Question)] = question,
                [nameof(ConfirmDialog.Yes)] = yes,
                [nameof(ConfirmDialog.Dangerous)] = dangerous,
            },
            new DialogOptions { Width = "min(28rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, CloseDialogOnOverlayClick = true }) is true;
}
