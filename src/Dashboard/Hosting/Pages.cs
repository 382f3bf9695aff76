using Dashboard.Features.Messages.Export;
using Dashboard.Features.Publish.Kept;
using Dashboard.Features.Topics;
using Dashboard.Features.Topics.Finding;
using Dashboard.Shared.Deletions;
using Dashboard.Shared.Held;
using Dashboard.Shared.Layout;
using Dashboard.Shared.Live;
using Dashboard.Shared.Mutes;
using Dashboard.Shared.Transfer;
using Radzen;

namespace Dashboard.Hosting;

/// <summary>The Blazor pages: their services, their endpoints, and what a person sees when something goes wrong.</summary>
internal static class Pages
{
    /// <summary>Bytes of what a browser may send at once: the longest payload that can be typed on the Publish page, with room for its quotes.</summary>
    private const int MaxInput = 1024 * 1024;

    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuit =>
            {
                circuit.DetailedErrors = false;

                // A call that a closed tab never answers ends with its circuit; a time-out would log it as an error of ours a minute later.
                circuit.JSInteropDefaultCallTimeout = Timeout.InfiniteTimeSpan;
            })
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = MaxInput);
        services.AddRadzenComponents();
        services.AddScoped<UrlState>();
        services.AddScoped<MutedTopics>();
        services.AddScoped<OpenLevels>();
        services.AddSingleton<TopicIndexes>();
        services.AddSingleton<IHoldsMemory>(provider => provider.GetRequiredService<TopicIndexes>());
        services.AddSingleton<MessageExports>();
        services.AddPublishing();
        services.AddSingleton<ProtectedTopics>();
        services.AddSingleton(typeof(Followed<>));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RecentDeletions>(provider, provider.GetRequiredService<DashboardOptions>().UndoBytes));
    }

    /// <summary>A page answers HEAD as it answers GET; the server leaves out the body.</summary>
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    });

    /// <summary>Pages in words instead of stack traces and empty answers, in every environment; other clients get the bare status.</summary>
    public static void UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseWhen(IsForPerson, pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
    }

    public static void MapPages(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<ProtectedTopics>().Unreadable; // said in the log at the start, not with the first deletion
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        app.MapMessageExport();
    }

    private static bool IsForPerson(HttpContext context) => context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
