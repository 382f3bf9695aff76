namespace Dashboard.Shared.Transfer;

/// <summary>The downloads that a link has begun, of which the newest is shown. Thread-safe: the request tells, the page looks.</summary>
internal sealed class ExportProgress
{
    private volatile ExportRun? _newest;

    /// <summary>Null until the link has been followed.</summary>
    public ExportRun? Newest => _newest;

    /// <param name="total">Messages that are wanted.</param>
    public ExportRun Begin(int total) => _newest = new ExportRun(total);
}

/// <summary>How far one download is.</summary>
internal sealed class ExportRun(int total)
{
    private int _sent;
    private int _gone;
    private volatile bool _ended;

    /// <summary>Messages that are wanted.</summary>
    public int Total => total;

    /// <summary>Messages that have been given to the connection.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>Messages that were deleted or had expired before it was their turn.</summary>
    public int Gone => Volatile.Read(ref _gone);

    /// <summary>Nothing more comes: all has been sent, or the browser has hung up.</summary>
    public bool Ended => _ended;

    public bool IsWhole => Sent + Gone == Total;

    public void Tell(int sent, int gone)
    {
        Volatile.Write(ref _sent, sent);
        Volatile.Write(ref _gone, gone);
    }

    public void End() => _ended = true;
}
