using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>A WebSocket client that frames only as a test tells it, also wrongly.</summary>
public sealed class RawWebSocket : IAsyncDisposable
{
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    private readonly NetworkStream _stream;
    private byte _key = 0x5A;

    private RawWebSocket(NetworkStream stream) => _stream = stream;

    /// <summary>Connects and sends a handshake; the answer's head is <see cref="Answer"/>.</summary>
    public static async Task<RawWebSocket> OpenAsync(Uri address, string version = "13", string key = "dGhlIHNhbXBsZSBub25jZQ==", byte[]? first = null)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port);
        var client = new RawWebSocket(new NetworkStream(socket, ownsSocket: true));
        await client.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(Handshake(address.Authority, version, key)), .. first ?? []]);
        client.Answer = await client.ReadHeadAsync();
        return client;
    }

    public static string Handshake(string host, string version = "13", string key = "dGhlIHNhbXBsZSBub25jZQ==") =>
        $"GET /mqtt HTTP/1.1\r\nHost: {host}\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\nSec-WebSocket-Version: {version}\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n";

    public string Answer { get; private set; } = "";

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    /// <param name="first">The first byte, when the test wants another than that of a whole frame.</param>
    public Task SendFrameAsync(int opcode, ReadOnlyMemory<byte> payload, byte? first = null, bool isMasked = true) =>
        SendAsync(Frame(opcode, payload.Span, first, isMasked));

    public byte[] Frame(int opcode, ReadOnlySpan<byte> payload, byte? first = null, bool isMasked = true) =>
        Frame(opcode, payload, isMasked ? [++_key, 0x37, 0, 0xFF] : null, first);

    /// <param name="key">Null for a frame that is not masked.</param>
    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload, byte[]? key, byte? first = null)
    {
        var mask = key is null ? (byte)0 : (byte)0x80;
        var bytes = new List<byte> { first ?? (byte)(0x80 | opcode) };
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
        switch (payload.Length)
        {
            case < 126:
                bytes.Add((byte)(mask | payload.Length));
                break;
            case <= ushort.MaxValue:
                bytes.Add((byte)(mask | 126));
                bytes.AddRange(length[6..]);
                break;
            default:
                bytes.Add((byte)(mask | 127));
                bytes.AddRange(length);
                break;
        }

        bytes.AddRange(key ?? []);
        for (var i = 0; i < payload.Length; i++)
        {
            bytes.Add(key is null ? payload[i] : (byte)(payload[i] ^ key[i & 3]));
        }

        return [.. bytes];
    }

    /// <summary>The next frame; opcode -1 when the server has ended the connection.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReceiveFrameAsync()
    {
        using var timeout = new CancellationTokenSource(RawClient.Patience);
        var head = new byte[2];
        try
        {
            if (await _stream.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, timeout.Token) < 2)
            {
                return (-1, []);
            }
        }
        catch (IOException)
        {
            return (-1, []);
        }

        Assert.Equal(0x80, head[0] & 0xF0); // a whole message, without extensions
        Assert.Equal(0, head[1] & 0x80); // a server does not mask
        long length = head[1];
        if (length >= 126)
        {
            var more = new byte[length == 126 ? 2 : 8];
            await _stream.ReadExactlyAsync(more, timeout.Token);
            length = more.Aggregate(0L, (sum, value) => (sum << 8) | value);
        }

        var payload = new byte[length];
        await _stream.ReadExactlyAsync(payload, timeout.Token);
        return (head[0] & 0x0F, payload);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string> ReadHeadAsync()
    {
        using var timeout = new CancellationTokenSource(RawClient.Patience);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await _stream.ReadAsync(one, timeout.Token) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
