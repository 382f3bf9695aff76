namespace Dashboard.Shared.Palette;

/// <summary>Something that can be gone to.</summary>
/// <param name="Icon">A symbol of icons.svg.</param>
/// <param name="Kind">What it is, in a word.</param>
public sealed record PaletteEntry(string Text, string Kind, string Icon, string Href);

/// <param name="More">Matches beyond <paramref name="Entries"/>.</param>
/// <param name="AllSearched">False when there were more topics than one search looks at.</param>
public sealed record PaletteResult(IReadOnlyList<PaletteEntry> Entries, int More, bool AllSearched);
