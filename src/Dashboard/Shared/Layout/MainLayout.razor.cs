using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Dashboard.Shared.Layout;

public sealed partial class MainLayout : LayoutComponentBase
{
    private ErrorBoundary? _boundary;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // With a base href, "#content" alone would lead to the start page.
    private string SkipLink => Navigation.Uri.Split('#')[0] + "#content";

    /// <summary>A page that failed must not stay on the screen when another one is opened.</summary>
    protected override void OnParametersSet() => _boundary?.Recover();
}
