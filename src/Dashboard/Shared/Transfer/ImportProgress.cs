namespace Dashboard.Shared.Transfer;

/// <summary>How far an import is. Thread-safe: the request tells, the page looks.</summary>
internal sealed class ImportProgress
{
    private int _lines;
    private int _stored;

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
