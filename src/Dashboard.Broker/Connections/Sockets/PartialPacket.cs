using System.Buffers;

namespace Dashboard.Broker.Connections.Sockets;

/// <summary>
/// What a socket received and could not handle yet: the start of a packet. It grows with what comes; what was announced only
/// lets it grow in fewer steps.
/// </summary>
internal sealed class PartialPacket
{
    /// <summary>How often what has come it may take for what was announced.</summary>
    private const int Trust = 16;

    private byte[]? _bytes;

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Received => _bytes.AsMemory(0, Length);

    /// <summary>Room for at least some bytes behind what is there.</summary>
    /// <param name="announced">Bytes of the whole packet, as it announced them; 0 when that is not known.</param>
    public Span<byte> Room(int atLeast, int announced)
    {
        if (_bytes is null || _bytes.Length - Length < atLeast)
        {
            var expected = (int)Math.Min(announced, (long)Length * Trust);
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(Length * 2, Length + atLeast), expected));
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
