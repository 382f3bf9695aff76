using System.Buffers;
using System.Net.Sockets;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Interop.Tests.Faults;

/// <summary>A connection that does as it likes with bytes. That the broker ends it is no error.</summary>
internal sealed class Offender : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<Offender> OpenAsync(int port)
    {
        var offender = new Offender();
        await offender._socket.ConnectAsync("127.0.0.1", port);
        return offender;
    }

    /// <summary>Opens a connection and is a client by the time this returns.</summary>
    public static async Task<Offender> ConnectAsync(int port, string clientId)
    {
        var offender = await OpenAsync(port);
        await offender.SendAsync(output => PacketEncoder.Write(output, new ConnectPacket { ClientId = clientId }));
        await offender._socket.ReceiveAsync(new byte[256]);
        return offender;
    }

    public Task<bool> SendAsync(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return SendAsync(output.WrittenMemory);
    }

    /// <returns>False when the broker has ended the connection.</returns>
    public async Task<bool> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await _socket.SendAsync(bytes)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Reads and lets go of what comes until the broker ends the connection.</summary>
    public async Task UntilClosedAsync(TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? Eventually.Patience);
        var buffer = new byte[64 * 1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer, patience.Token) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset: ended too.
        }
    }

    public void Dispose() => _socket.Dispose();
}
