using System.Collections.Concurrent;

namespace Dashboard.Features.Retained;

/// <summary>The files that are being imported now: the page that began one says how far it is, the request that brings the lines counts them. Thread-safe.</summary>
internal sealed class RunningImports
{
    private readonly ConcurrentDictionary<Guid, ImportProgress> _running = [];

    public ImportProgress Begin()
    {
        var progress = new ImportProgress();
        return _running[progress.Id] = progress;
    }

    public void End(ImportProgress progress) => _running.TryRemove(progress.Id, out _);

    /// <summary>Null when no page asks for it.</summary>
    public ImportProgress? Find(string? id) => Guid.TryParse(id, out var guid) ? _running.GetValueOrDefault(guid) : null;
}

/// <summary>How far an import is.</summary>
internal sealed class ImportProgress
{
    private int _lines;
    private int _stored;

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Lines that have been read.</summary>
    public int Lines => Volatile.Read(ref _lines);

    /// <summary>Messages that have been stored.</summary>
    public int Stored => Volatile.Read(ref _stored);

    public void Tell(int lines, int stored)
    {
        Volatile.Write(ref _lines, lines);
        Volatile.Write(ref _stored, stored);
    }
}
