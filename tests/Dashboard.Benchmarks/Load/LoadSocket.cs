using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Dashboard.Benchmarks.Load;

/// <summary>One non-blocking connection to 127.0.0.1 and the bytes that wait to be written to it.</summary>
internal sealed class LoadSocket
{
    private const int Internet = 2;
    private const int StreamNonBlockingCloseOnExec = 1 | 0x800 | 0x80000;
    private const int TcpLevel = 6;
    private const int NoDelay = 1;
    private const int IpLevel = 0;
    private const int BindAddressNoPort = 24;
    private const int NoSignal = 0x4000;
    private const int SourceAddresses = 16;

    private readonly Poll _poll;
    private readonly int _id;
    private readonly int _descriptor;
    private byte[] _out = [];
    private int _start;
    private int _length;
    private bool _waitsForRoom = true;

    public LoadSocket(Poll poll, int id, int port)
    {
        _poll = poll;
        _id = id;
        _descriptor = SystemCalls.socket(Internet, StreamNonBlockingCloseOnExec, 0);
        if (_descriptor < 0)
        {
            throw new Win32Exception();
        }

        var one = 1;
        _ = SystemCalls.setsockopt(_descriptor, TcpLevel, NoDelay, ref one, sizeof(int));
        _ = SystemCalls.setsockopt(_descriptor, IpLevel, BindAddressNoPort, ref one, sizeof(int));

        // Many source addresses: one alone has too few ports for a storm of connections.
        var source = Address(1 + (id % SourceAddresses), 0);
        _ = SystemCalls.bind(_descriptor, ref source[0], source.Length);
        var target = Address(1, port);
        var result = SystemCalls.connect(_descriptor, ref target[0], target.Length);
        IsBroken = result != 0 && Marshal.GetLastPInvokeError() != SystemCalls.InProgress;
        _poll.Watch(_descriptor, id, forWriting: true);
    }

    public bool IsBroken { get; private set; }

    /// <summary>Bytes that the system has not taken yet.</summary>
    public bool HasBacklog => _waitsForRoom;

    public int Gathered => _length;

    /// <summary>Room for so many bytes, that count as written.</summary>
    public Span<byte> Append(int count)
    {
        if (_start + _length + count > _out.Length)
        {
            var room = _length + count <= _out.Length ? _out : new byte[Math.Max(256, Math.Max(_length + count, _out.Length * 2))];
            _out.AsSpan(_start, _length).CopyTo(room);
            _out = room;
            _start = 0;
        }

        var span = _out.AsSpan(_start + _length, count);
        _length += count;
        return span;
    }

    public void Append(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    /// <summary>Writes what has gathered, as far as the system takes it; the poll tells when there is room for the rest.</summary>
    public void Flush()
    {
        while (_length > 0 && !IsBroken)
        {
            var written = (int)SystemCalls.send(_descriptor, ref _out[_start], _length, NoSignal);
            if (written > 0)
            {
                _start += written;
                _length -= written;
                continue;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == SystemCalls.TryAgain)
            {
                WaitForRoom(true);
                return;
            }

            IsBroken = error != SystemCalls.Interrupted;
        }

        _start = 0;
        WaitForRoom(false);
    }

    /// <returns>Bytes read; 0 when there are none now, or none any more (<see cref="IsBroken"/>).</returns>
    public int Read(Span<byte> destination)
    {
        var count = (int)SystemCalls.recv(_descriptor, ref destination[0], destination.Length, 0);
        if (count > 0)
        {
            return count;
        }

        IsBroken = count == 0 || Marshal.GetLastPInvokeError() is not (SystemCalls.TryAgain or SystemCalls.Interrupted);
        return 0;
    }

    public void Close() => _ = SystemCalls.close(_descriptor);

    private void WaitForRoom(bool waits)
    {
        if (_waitsForRoom != waits && !IsBroken)
        {
            _waitsForRoom = waits;
            _poll.Change(_descriptor, _id, waits);
        }
    }

    private static byte[] Address(int host, int port)
    {
        var address = new byte[16];
        MemoryMarshal.Write(address, (ushort)Internet);
        BinaryPrimitives.WriteUInt16BigEndian(address.AsSpan(2), (ushort)port);
        address[4] = 127;
        address[7] = (byte)host;
        return address;
    }
}
