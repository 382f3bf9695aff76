using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Dashboard.Broker.Connections.Sockets;

/// <summary>
/// Linux's epoll(7), edge-triggered: tells which of many sockets have become readable or writable, whatever their number.
/// One thread waits; any thread may wake it.
/// </summary>
internal sealed class EventPoll : IDisposable
{
    private const int Add = 1;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int Interrupted = 4;
    private const uint In = 0x1;
    private const uint Out = 0x4;
    private const uint Error = 0x8;
    private const uint HungUp = 0x10;
    private const uint OtherEndClosed = 0x2000;
    private const uint Edge = 1u << 31;
    private const int Capacity = 256;

    /// <summary>The kernel packs its event on x86 and nowhere else.</summary>
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    private static readonly int Stride = DataOffset + sizeof(long);

    private readonly byte[] _events = new byte[Capacity * Stride];
    private readonly SafeFileHandle _poll = Open(epoll_create1(CloseOnExec));
    private readonly SafeFileHandle _wake = Open(eventfd(0, CloseOnExec | NonBlocking));

    public EventPoll() => Register(_wake, 0, In | Edge);

    /// <summary>Watches a socket from now on, until it is closed.</summary>
    /// <param name="id">What its events will carry; not 0.</param>
    public void Watch(SafeSocketHandle socket, long id) => Register(socket, id, In | Out | OtherEndClosed | Edge);

    /// <summary>Waits until something happens.</summary>
    /// <returns>The number of events; 0 when woken for nothing.</returns>
    public int Wait(bool mayBlock)
    {
        var count = epoll_wait(_poll, ref _events[0], Capacity, mayBlock ? -1 : 0);
        if (count >= 0)
        {
            return count;
        }

        return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw new Win32Exception();
    }

    /// <summary>What happened: on which socket (0 for a wake), whether it may be written again, or read, which includes its end, and whether that has come.</summary>
    public (long Id, bool IsWritable, bool IsReadable, bool HasEnded) this[int index]
    {
        get
        {
            var at = _events.AsSpan(index * Stride, Stride);
            var events = MemoryMarshal.Read<uint>(at);
            return (MemoryMarshal.Read<long>(at[DataOffset..]), (events & Out) != 0, (events & ~Out) != 0, (events & (Error | HungUp | OtherEndClosed)) != 0);
        }
    }

    /// <summary>Makes <see cref="Wait"/> return. Any thread may call it.</summary>
    public void Wake()
    {
        var one = 1L;
        _ = write(_wake, ref one, sizeof(long));
    }

    public void Dispose()
    {
        _poll.Dispose();
        _wake.Dispose();
    }

    private void Register(SafeHandle handle, long id, uint events)
    {
        var one = new byte[Stride];
        MemoryMarshal.Write(one, events);
        MemoryMarshal.Write(one.AsSpan(DataOffset), id);
        if (epoll_ctl(_poll, Add, handle, ref one[0]) != 0)
        {
            throw new Win32Exception();
        }
    }

    private static SafeFileHandle Open(int descriptor) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw new Win32Exception();

#pragma warning disable IDE1006, SYSLIB1054 // the C library's names; generated marshalling would need unsafe code
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int epoll_ctl(SafeHandle poll, int operation, SafeHandle handle, ref byte @event);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int epoll_wait(SafeHandle poll, ref byte events, int capacity, int milliseconds);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int eventfd(uint initial, int flags);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint write(SafeHandle handle, ref long value, nint count);
#pragma warning restore IDE1006, SYSLIB1054
}
