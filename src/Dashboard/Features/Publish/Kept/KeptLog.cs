namespace Dashboard.Features.Publish.Kept;

internal static partial class KeptLog
{
    [LoggerMessage(401, LogLevel.Error, "{Path} cannot be read and was set aside as {Aside}")]
    public static partial void SetAside(ILogger log, string path, string aside, Exception exception);

    [LoggerMessage(402, LogLevel.Error, "{Path} cannot be written; what is changed now is lost when the program ends")]
    public static partial void NotWritten(ILogger log, string path, Exception exception);
}
