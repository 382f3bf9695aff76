namespace Dashboard.Broker.Messages;

/// <summary>
/// Messages that nobody holds, for reuse: a few of each thread's own, then at most <see cref="Capacity"/> that all share.
/// The rest is left to the garbage collector.
/// </summary>
internal static class ApplicationMessagePool
{
    private const int OwnCapacity = 64;
    private const int Capacity = 16_384;

    private static readonly Lock Gate = new();
    private static ApplicationMessage? _shared;
    private static int _sharedCount;

    [ThreadStatic]
    private static ApplicationMessage? _own;

    [ThreadStatic]
    private static int _ownCount;

    public static ApplicationMessage Rent()
    {
        if (_own is { } own)
        {
            _own = own.NextFree;
            _ownCount--;
            own.NextFree = null;
            return own;
        }

        lock (Gate)
        {
            if (_shared is { } shared)
            {
                _shared = shared.NextFree;
                _sharedCount--;
                shared.NextFree = null;
                return shared;
            }
        }

        return new ApplicationMessage();
    }

    public static void Return(ApplicationMessage message)
    {
        if (_ownCount < OwnCapacity)
        {
            message.NextFree = _own;
            _own = message;
            _ownCount++;
            return;
        }

        lock (Gate)
        {
            if (_sharedCount < Capacity)
            {
                message.NextFree = _shared;
                _shared = message;
                _sharedCount++;
            }
        }
    }
}
