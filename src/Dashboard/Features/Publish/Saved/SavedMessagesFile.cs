using System.Text.Json;
using Dashboard.Features.Publish.Kept;
using Dashboard.Shared;

namespace Dashboard.Features.Publish.Saved;

/// <summary>Saved messages as a file that is carried to another dashboard.</summary>
internal static class SavedMessagesFile
{
    public const int MaxBytes = 32 * 1024 * 1024;

    private const string Kind = "mqtt-dashboard-saved-messages";

    private sealed record Content
    {
        public string? Kind { get; init; }

        public List<Entry?>? Messages { get; init; }
    }

    private sealed record Entry
    {
        public string? Name { get; init; }

        public string? Collection { get; init; }

        public MessageDraft? Draft { get; init; }
    }

    public static byte[] Write(IEnumerable<SavedMessage> messages) => JsonSerializer.SerializeToUtf8Bytes(
        new Content
        {
            Kind = Kind,
            Messages = [.. messages.Select(message => new Entry { Name = message.Name, Collection = message.Collection, Draft = message.Draft })],
        },
        KeptJson.Options);

    /// <summary>Null with the error, which names the place.</summary>
    public static IReadOnlyList<(string Name, string Collection, MessageDraft Draft)>? Read(ReadOnlySpan<byte> file, out string? error)
    {
        try
        {
            var content = JsonSerializer.Deserialize<Content>(file, KeptJson.Options);
            error = content is not { Kind: Kind, Messages: not null } ? Texts.Publish_ImportOther : content.Messages.Select(ErrorOf).FirstOrDefault(one => one is not null);
            return error is null ? [.. content!.Messages!.Select(entry => (entry!.Name!.Trim(), entry.Collection?.Trim() ?? "", entry.Draft!))] : null;
        }
        catch (JsonException e)
        {
            error = Texts.Publish_ImportNoJson.With((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
            return null;
        }
    }

    private static string? ErrorOf(Entry? entry, int index) => entry switch
    {
        null or { Name: null } => Texts.Publish_ImportNoName.With(index + 1),
        { Draft: null } => Texts.Publish_ImportNoDraft.With(index + 1, entry.Name),
        _ when entry.Name.Trim().Length is 0 or > SavedMessages.MaxName || entry.Collection?.Length > SavedMessages.MaxName => Texts.Publish_ImportBadName.With(index + 1, SavedMessages.MaxName),
        _ when entry.Draft.HasNulls || !Enum.IsDefined(entry.Draft.QoS) || !Enum.IsDefined(entry.Draft.Notation) => Texts.Publish_ImportNoDraft.With(index + 1, entry.Name),
        _ => null,
    };
}
