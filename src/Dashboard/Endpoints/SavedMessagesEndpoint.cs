using Dashboard.Features.Publish.Saved;

namespace Dashboard.Endpoints;

internal static class SavedMessagesEndpoint
{
    /// <summary><c>GET /api/saved-messages</c>: all of them, or one collection, as the file that the Publish page imports.</summary>
    public static void MapSavedMessages(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/saved-messages", (SavedMessages messages, string? collection) =>
        Results.File(
            SavedMessagesFile.Write(messages.All().Where(message => collection is null || message.Collection == collection)),
            "application/json",
            "saved-messages.json"));
}
