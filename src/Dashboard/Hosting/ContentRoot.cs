namespace Dashboard.Hosting;

internal static class ContentRoot
{
    /// <summary>
    /// A published app has its wwwroot beside it and works from any working directory; otherwise (<c>dotnet run</c>) the
    /// default holds, which is the project's folder.
    /// </summary>
    public static string? Find() =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot")) ? AppContext.BaseDirectory : null;
}
