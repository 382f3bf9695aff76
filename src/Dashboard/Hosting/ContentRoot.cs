namespace Dashboard.Hosting;

internal static class ContentRoot
{
    /// <summary>
    /// The folder of the program itself, so that it works from any working directory; <c>dotnet run</c> works in the
    /// project's folder and stays there (null is the working directory), so that its data outlives a clean build.
    /// </summary>
    public static string? Find() => File.Exists("Dashboard.csproj") ? null : AppContext.BaseDirectory;
}
