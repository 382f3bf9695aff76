namespace Dashboard.Shared.Controls;

/// <summary>What a colour says. It is never the only signal: words stand beside it.</summary>
public enum Tone
{
    Neutral,
    Accent,
    Good,
    Warning,
    Bad,
}
