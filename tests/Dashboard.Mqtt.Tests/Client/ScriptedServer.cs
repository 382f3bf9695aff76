using System.Net;
using System.Net.Sockets;

namespace Dashboard.Mqtt.Tests.Client;

/// <summary>Plays one connection of a server byte by byte, for what a real server cannot be made to do.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private NetworkStream? _stream;

    public ScriptedServer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Accepts the connection, reads CONNECT and answers.</summary>
    public async Task AcceptAsync(string connAck)
    {
        _stream = new NetworkStream(await _listener.AcceptSocketAsync(), ownsSocket: true);
        await ReadPacketAsync();
        await SendAsync(connAck);
    }

    public async Task SendAsync(string hex) => await _stream!.WriteAsync(Convert.FromHexString(hex));

    /// <summary>The next packet as hex; its remaining length is below 128.</summary>
    public async Task<string> ReadPacketAsync()
    {
        var header = new byte[2];
        await _stream!.ReadExactlyAsync(header).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        var body = new byte[header[1]];
        await _stream.ReadExactlyAsync(body).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        return Convert.ToHexStringLower([.. header, .. body]);
    }

    public void Close() => _stream?.Dispose();

    public void Dispose()
    {
        Close();
        _listener.Dispose();
    }
}
