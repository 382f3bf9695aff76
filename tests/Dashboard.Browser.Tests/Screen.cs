namespace Dashboard.Browser.Tests;

/// <summary>The two screens that every page has to be good on.</summary>
public static class Screen
{
    public static ViewportSize Desktop => new() { Width = 1440, Height = 900 };

    public static ViewportSize Phone => new() { Width = 390, Height = 844 };
}
