using Dashboard.Features.Publish.Kept;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Features.Publish.Kept;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("publish-");

    public string File => Path.Combine(_folder.FullName, "kept.json");

    public IEnumerable<string> Names => _folder.EnumerateFiles().Select(file => file.Name);

    public KeptFile<List<T>> Kept<T>() => new(File, _ => true, NullLogger.Instance);

    public void Dispose() => _folder.Delete(recursive: true);
}
