using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Dashboard.Benchmarks.Load;

/// <summary>Linux's epoll(7), level-triggered, for one thread.</summary>
internal sealed class Poll : IDisposable
{
    private const int AddSocket = 1;
    private const int ChangeSocket = 3;
    private const int CloseOnExec = 0x80000;
    private const uint In = 0x1;
    private const uint Out = 0x4;
    private const int Capacity = 256;
    private const int SetTimerSlack = 29;

    /// <summary>The kernel packs its event on x86 and nowhere else.</summary>
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;

    private static readonly int Stride = DataOffset + sizeof(long);

    private readonly byte[] _events = new byte[Capacity * Stride];
    private readonly byte[] _one = new byte[Stride];
    private readonly int _poll;

    public Poll()
    {
        _poll = SystemCalls.epoll_create1(CloseOnExec);
        if (_poll < 0)
        {
            throw new Win32Exception();
        }

        // Or the kernel lets a wait of this thread take 50 µs longer than it was asked for.
        _ = SystemCalls.prctl(SetTimerSlack, 1000, 0, 0, 0);
    }

    public void Watch(int socket, int id, bool forWriting) => Control(AddSocket, socket, id, forWriting);

    public void Change(int socket, int id, bool forWriting) => Control(ChangeSocket, socket, id, forWriting);

    /// <summary>Waits for something to happen, at most so long; 0 only looks.</summary>
    public int Wait(long nanoseconds)
    {
        var timeout = new SystemCalls.TimeSpec { Seconds = nanoseconds / 1_000_000_000, Nanoseconds = nanoseconds % 1_000_000_000 };
        var count = SystemCalls.epoll_pwait2(_poll, ref _events[0], Capacity, ref timeout, 0);
        if (count >= 0)
        {
            return count;
        }

        return Marshal.GetLastPInvokeError() == SystemCalls.Interrupted ? 0 : throw new Win32Exception();
    }

    public (int Id, bool IsWritable, bool IsReadable) this[int index]
    {
        get
        {
            var at = _events.AsSpan(index * Stride, Stride);
            var events = MemoryMarshal.Read<uint>(at);
            return ((int)MemoryMarshal.Read<long>(at[DataOffset..]), (events & Out) != 0, (events & ~Out) != 0);
        }
    }

    public void Dispose() => _ = SystemCalls.close(_poll);

    private void Control(int operation, int socket, int id, bool forWriting)
    {
        MemoryMarshal.Write(_one, In | (forWriting ? Out : 0));
        MemoryMarshal.Write(_one.AsSpan(DataOffset), (long)id);
        if (SystemCalls.epoll_ctl(_poll, operation, socket, ref _one[0]) != 0)
        {
            throw new Win32Exception();
        }
    }
}
