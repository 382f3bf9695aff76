namespace Dashboard.Interop.Tests;

/// <summary>
/// The broker that the programs talk to: ours, or Mosquitto when the environment variable INTEROP_BROKER says
/// "mosquitto", so that a test can be proven right against a broker that is known to be.
/// </summary>
public sealed class BrokerUnderTest : IAsyncLifetime
{
    private DashboardProcess? _dashboard;
    private MosquittoProcess? _mosquitto;

    public static bool IsReference { get; } = Environment.GetEnvironmentVariable("INTEROP_BROKER") == "mosquitto";

    public int TcpPort => _dashboard?.Ports.Tcp ?? _mosquitto!.TcpPort;

    public int WebSocketPort => _dashboard?.Ports.WebSocket ?? _mosquitto!.WebSocketPort;

    public string Address(Door door) => door switch
    {
        Door.Tcp => $"mqtt://127.0.0.1:{TcpPort}",
        Door.WebSocket => $"ws://127.0.0.1:{WebSocketPort}/",
        Door.WebSocketAnyPath => $"ws://127.0.0.1:{WebSocketPort}/any/path",
        Door.Pages => $"ws://127.0.0.1:{_dashboard!.Ports.Pages}/mqtt",
        _ => throw new ArgumentOutOfRangeException(nameof(door)),
    };

    public async Task InitializeAsync()
    {
        if (IsReference)
        {
            _mosquitto = await MosquittoProcess.Start();
        }
        else
        {
            _dashboard = await DashboardProcess.Start();
        }
    }

    public void AssertNoErrorLogged() => _dashboard?.AssertNoErrorLogged();

    public async Task DisposeAsync()
    {
        if (_dashboard is not null)
        {
            await using (_dashboard)
            {
                await _dashboard.Stop();
                _dashboard.AssertNoErrorLogged();
            }
        }

        if (_mosquitto is not null)
        {
            await _mosquitto.DisposeAsync();
        }
    }
}
