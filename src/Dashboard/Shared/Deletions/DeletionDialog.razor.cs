using Dashboard.Broker;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Shared.Deletions;

/// <summary>Says what would be deleted, before it is.</summary>
public sealed partial class DeletionDialog : ComponentBase
{
    private const int Listed = 100;

    private DeletionPreview _preview = default!;

    /// <summary>What is deleted: a filter, or words.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>The topics and how large their messages are; without it the name is a filter that finds them.</summary>
    [Parameter]
    public RetainedIndex? Found { get; set; }

    /// <summary>The messages were chosen one by one, so that the name says nothing more.</summary>
    [Parameter]
    public bool AreChosen { get; set; }

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private ProtectedTopics Protection { get; set; } = default!;

    [Inject]
    private RecentDeletions Deletions { get; set; } = default!;

    protected override void OnInitialized() => _preview = new DeletionPreview(Found ?? Broker.FindRetained(new RetainedQuery(Name)), Broker, Protection, Deletions);
}

internal static class DeletionQuestion
{
    /// <summary>True when the person pressed the button that names what it deletes.</summary>
    /// <param name="name">What is deleted: a filter, or words.</param>
    /// <param name="found">The messages; without it the name is a filter that finds them.</param>
    /// <param name="areChosen">They were chosen one by one.</param>
    public static async Task<bool> AskToDeleteAsync(this DialogService dialogs, string name, RetainedIndex? found = null, bool areChosen = false) =>
        await dialogs.OpenAsync<DeletionDialog>(
            Texts.Shared_DeleteRetainedQuestion,
            new Dictionary<string, object?> { [nameof(DeletionDialog.Name)] = name, [nameof(DeletionDialog.Found)] = found, [nameof(DeletionDialog.AreChosen)] = areChosen },
            new DialogOptions { Width = "min(32rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, CloseDialogOnOverlayClick = true }) is true;
}
