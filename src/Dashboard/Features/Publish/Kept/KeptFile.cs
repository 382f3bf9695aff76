using System.Text.Json;

namespace Dashboard.Features.Publish.Kept;

/// <summary>
/// A small JSON file in the data folder that is replaced whole: written beside, flushed to the disk, then renamed, so that
/// a power cut leaves the old or the new one. A file that cannot be read is set aside, never written over.
/// </summary>
/// <param name="path">Null keeps nothing (<c>Broker:Storage</c> is <c>Memory</c>).</param>
/// <param name="isWhole">False for a content that this program has not written.</param>
internal sealed class KeptFile<T>(string? path, Func<T, bool> isWhole, ILogger log)
    where T : class
{
    /// <summary>Why the last change is not on the disk; null while all is well.</summary>
    public string? Failure { get; private set; }

    public T? Read()
    {
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(file, KeptJson.Options) is { } content && isWhole(content) ? content : throw new JsonException("Something is missing in it.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            var aside = $"{path}.damaged-{Guid.NewGuid():N}";
            File.Move(path, aside);
            KeptLog.SetAside(log, path, aside, e);
            return null;
        }
    }

    public void Write(T content)
    {
        if (path is null)
        {
            return;
        }

        var beside = path + ".new";
        try
        {
            using (var file = File.Create(beside))
            {
                JsonSerializer.Serialize(file, content, KeptJson.Options);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
            Failure = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (Failure is null)
            {
                KeptLog.NotWritten(log, path, e);
            }

            Failure = e.Message;
        }
    }
}
