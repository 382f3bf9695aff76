using System.Buffers;

namespace Dashboard.Broker.Connections.Sockets;

/// <summary>What a socket received and could not handle yet: the start of a packet. It grows with what comes, not with what was announced.</summary>
internal sealed class PartialPacket
{
    private byte[]? _bytes;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Received => _bytes.AsMemory(0, Length);

    /// <summary>Room for at least some bytes behind what is there.</summary>
    public Span<byte> Room(int atLeast)
    {
        if (_bytes is null || _bytes.Length - Length < atLeast)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length * 2, Length + atLeast));
            Received.Span.CopyTo(larger);
            Return();
            _bytes = larger;
        }

        return _bytes.AsSpan(Length);
    }

    /// <summary>Takes note of bytes that were written into the room.</summary>
    public void Add(int count) => Length += count;

    /// <summary>Keeps these bytes, which may be the end of its own, and nothing else.</summary>
    public void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            Clear();
            return;
        }

        if (_bytes is null || _bytes.Length < bytes.Length)
        {
            Return();
            _bytes = ArrayPool<byte>.Shared.Rent(bytes.Length);
        }

        bytes.CopyTo(_bytes);
        Length = bytes.Length;
    }

    public void Clear()
    {
        Return();
        Length = 0;
    }

    private void Return()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = null;
        }
    }
}
