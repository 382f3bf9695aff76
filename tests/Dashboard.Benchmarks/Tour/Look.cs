namespace Dashboard.Benchmarks.Tour;

/// <summary>A screen and its colours.</summary>
internal sealed record Look(string Name, ViewportSize Screen, ColorScheme Colours)
{
    public static Look Desktop { get; } = new("desktop-light", Browser.Tests.Screen.Desktop, ColorScheme.Light);

    public static Look DesktopDark { get; } = new("desktop-dark", Browser.Tests.Screen.Desktop, ColorScheme.Dark);

    public static Look Phone { get; } = new("phone-light", Browser.Tests.Screen.Phone, ColorScheme.Light);

    public static Look PhoneDark { get; } = new("phone-dark", Browser.Tests.Screen.Phone, ColorScheme.Dark);

    public static IReadOnlyList<Look> All { get; } = [Desktop, DesktopDark, Phone, PhoneDark];
}
