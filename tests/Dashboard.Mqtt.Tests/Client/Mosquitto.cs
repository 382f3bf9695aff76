using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Dashboard.Mqtt.Tests.Client;

/// <summary>A real Mosquitto on free ports of the loopback address; stopped by its process id.</summary>
public sealed class Mosquitto : IAsyncLifetime
{
    private const string Program = "/usr/sbin/mosquitto";

    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(10);

    private readonly string _folder = Directory.CreateTempSubdirectory("mosquitto-").FullName;
    private Process? _process;

    public int Port { get; } = FreePort();

    public int WebSocketPort { get; } = FreePort();

    public async Task InitializeAsync()
    {
        Assert.True(File.Exists(Program), $"{Program} is missing; tests/run.sh installs it");
        var config = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllTextAsync(
            config,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                listener {Port} 127.0.0.1
                listener {WebSocketPort} 127.0.0.1
                protocol websockets
                allow_anonymous true
                persistence false
                max_queued_messages 0

                """));
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", config]) { RedirectStandardError = true })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        await WaitUntilItListensAsync(Port);
        await WaitUntilItListensAsync(WebSocketPort);
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilItListensAsync(int port)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            Assert.False(_process!.HasExited, "Mosquitto has ended");
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (started.Elapsed < StartTime)
            {
                await Task.Yield();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
