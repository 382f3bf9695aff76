using System.Runtime.InteropServices;

namespace Dashboard.Broker.Connections;

/// <summary>A piece of what waits to be sent; pieces form a list.</summary>
internal sealed class OutboxChunk
{
    public const int Size = 16 * 1024;

    /// <summary>Bytes that are kept free in front, for a transport that has to say how much it sends.</summary>
    public const int HeadRoom = 10;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(HeadRoom + Size, pinned: true);
    private int _start = HeadRoom;
    private int _end = HeadRoom;

    public OutboxChunk? Next { get; set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(_start, _end - _start);

    /// <summary>Where <see cref="Written"/> lies, for the system; it does not move.</summary>
    public nint Address => Marshal.UnsafeAddrOfPinnedArrayElement(_buffer, _start);

    public int Room => _buffer.Length - _end;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Puts bytes in front of everything, at most <see cref="HeadRoom"/>.</summary>
    public void Prepend(ReadOnlySpan<byte> bytes)
    {
        _start -= bytes.Length;
        bytes.CopyTo(_buffer.AsSpan(_start));
    }

    public void Clear()
    {
        _start = _end = HeadRoom;
        Next = null;
    }
}

/// <summary>Chunks that are not in use, at most <see cref="Capacity"/> of them; the rest is left to the garbage collector.</summary>
internal sealed class OutboxChunkPool
{
    private const int Capacity = 2_048;

    private readonly Lock _gate = new();
    private OutboxChunk? _first;
    private int _count;

    public OutboxChunk Rent()
    {
        lock (_gate)
        {
            if (_first is { } chunk)
            {
                _first = chunk.Next;
                _count--;
                chunk.Next = null;
                return chunk;
            }
        }

        return new OutboxChunk();
    }

    /// <summary>Takes back a whole list of chunks.</summary>
    public void Return(OutboxChunk? chunk)
    {
        lock (_gate)
        {
            while (chunk is not null && _count < Capacity)
            {
                var next = chunk.Next;
                chunk.Clear();
                chunk.Next = _first;
                _first = chunk;
                _count++;
                chunk = next;
            }
        }
    }
}
