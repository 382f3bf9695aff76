namespace Dashboard.Shared.Payload;

/// <summary>Pictures that a browser draws without running anything in them, known by their first bytes. Never SVG, which is markup.</summary>
internal static class ImageKind
{
    /// <summary>Bytes of the largest picture that is sent to a browser.</summary>
    public const int MaxBytes = 4_000_000;

    /// <summary>The media type; null for anything else.</summary>
    public static string? Of(ReadOnlySpan<byte> payload) => payload switch
    {
        _ when payload.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) => "image/png",
        _ when payload.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => "image/jpeg",
        _ when payload.StartsWith("GIF87a"u8) || payload.StartsWith("GIF89a"u8) => "image/gif",
        _ when payload.Length >= 12 && payload.StartsWith("RIFF"u8) && payload[8..].StartsWith("WEBP"u8) => "image/webp",
        _ => null,
    };
}
