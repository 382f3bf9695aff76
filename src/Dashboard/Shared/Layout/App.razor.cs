using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace Dashboard.Shared.Layout;

/// <summary>
/// The document around every page. Each colour scheme is a pair of style sheets whose <c>media</c> says when it holds; the
/// cookie that theme.js writes lets the server say it right from the first byte, so that nothing flashes.
/// </summary>
public sealed partial class App : ComponentBase
{
    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    private string Theme => HttpContext.Request.Cookies["theme"] is "light" or "dark" ? HttpContext.Request.Cookies["theme"]! : "system";

    /// <summary>Pages are live, except those that say of themselves that they are plain HTML.</summary>
    private InteractiveServerRenderMode? RenderMode => HttpContext.AcceptsInteractiveRouting() ? Microsoft.AspNetCore.Components.Web.RenderMode.InteractiveServer : null;

    private string Media(string scheme) => Theme == "system" ? $"(prefers-color-scheme: {scheme})" : Theme == scheme ? "all" : "not all";
}
