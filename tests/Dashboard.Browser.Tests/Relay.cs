using System.Net;
using System.Net.Sockets;

namespace Dashboard.Browser.Tests;

/// <summary>A wire between the browser and the Dashboard that can be cut and mended.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly int _target;
    private readonly Task _accepting;
    private bool _isCut;

    public Relay(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Ends all connections and lets none through until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        lock (_open)
        {
            _isCut = true;
            _open.ForEach(connection => connection.Dispose());
            _open.Clear();
        }
    }

    public void Mend()
    {
        lock (_open)
        {
            _isCut = false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await _listener.AcceptTcpClientAsync();
                var dashboard = new TcpClient();
                if (!TryKeep(browser, dashboard))
                {
                    continue;
                }

                await dashboard.ConnectAsync(IPAddress.Loopback, _target);
                _ = PumpAsync(browser, dashboard);
                _ = PumpAsync(dashboard, browser);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The relay is closed.
        }
    }

    private bool TryKeep(params TcpClient[] connections)
    {
        lock (_open)
        {
            if (!_isCut)
            {
                _open.AddRange(connections);
                return true;
            }
        }

        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        return false;
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One end has gone; so does the other.
        }

        from.Dispose();
        to.Dispose();
    }
}
