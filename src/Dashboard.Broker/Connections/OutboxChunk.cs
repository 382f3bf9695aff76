namespace Dashboard.Broker.Connections;

/// <summary>A piece of what waits to be sent; pieces form a list.</summary>
internal sealed class OutboxChunk
{
    public const int Size = 16 * 1024;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(Size);
    private int _length;

    public OutboxChunk? Next { get; set; }

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public int Room => Size - _length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Clear()
    {
        _length = 0;
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
