using System.Buffers;
using System.Net.Sockets;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Interop.Tests.Kill;

/// <summary>One connection of a client whose session must go on where it was: packets in, packets out, nothing by itself.</summary>
internal sealed class Wire : IDisposable
{
    private readonly TcpClient _socket;
    private readonly NetworkStream _stream;

    private Wire(TcpClient socket)
    {
        _socket = socket;
        _stream = socket.GetStream();
    }

    /// <summary>Connects with MQTT 5.0 and a session that is kept.</summary>
    public static async Task<(Wire Wire, ConnAckPacket Answer)> Connect(int port, string clientId, CancellationToken cancellation)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port, cancellation);
        var wire = new Wire(socket);
        await wire.Send(output => PacketEncoder.Write(output, new ConnectPacket
        {
            ClientId = clientId,
            CleanStart = false,
            Properties = new Properties { SessionExpiryInterval = 3600 },
        }));
        var (first, body) = await wire.Receive(cancellation);
        Assert.True(PacketDecoder.TryReadConnAck((byte)(first & 0x0F), body, ProtocolVersion.V500, out var answer, out var error), error.Message);
        return (wire, answer);
    }

    public async Task Send(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        await _stream.WriteAsync(output.WrittenMemory);
    }

    /// <summary>The next packet: its first byte, and what follows the fixed header.</summary>
    public async Task<(byte First, byte[] Body)> Receive(CancellationToken cancellation)
    {
        var header = new byte[5];
        var length = 0;
        FixedHeader fixedHeader;
        do
        {
            await _stream.ReadExactlyAsync(header.AsMemory(length++, 1), cancellation);
        }
        while (FixedHeader.TryRead(header.AsSpan(0, length), out fixedHeader) == HeaderStatus.NeedMore);

        var body = new byte[fixedHeader.RemainingLength];
        await _stream.ReadExactlyAsync(body, cancellation);
        return (fixedHeader.First, body);
    }

    public void Dispose() => _socket.Dispose();
}
