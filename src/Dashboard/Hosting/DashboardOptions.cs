using System.Net;
using Dashboard.Broker;

namespace Dashboard.Hosting;

/// <summary>What the web app is told from outside: appsettings.json, environment (<c>Dashboard__Port</c>), command line (<c>--Dashboard:Port=80</c>).</summary>
internal sealed class DashboardOptions
{
    /// <summary><c>Dashboard:Port</c>: the pages. 1 to 65535; 0 turns them off.</summary>
    public int Port { get; init; } = 8080;

    /// <summary><c>Dashboard:PathBase</c>: the sub-path a reverse proxy shows the pages at, such as <c>/mqtt-dashboard</c>; empty for none.</summary>
    public string PathBase { get; init; } = "";

    /// <summary><c>Dashboard:KnownProxies</c>: addresses and networks of the reverse proxies that are believed when they say who is behind them; nobody by default.</summary>
    public IReadOnlyList<IPNetwork> KnownProxies { get; init; } = [];

    /// <summary><c>Broker:BindAddress</c>: the address every listener binds to. The loopback address unless told otherwise.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary><c>Broker:DataDirectory</c>: what survives a restart; relative to the content root.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary><c>Dashboard:MaxSavedMessages</c>: messages that people keep on the Publish page. 0 to 10,000.</summary>
    public int MaxSavedMessages { get; init; } = 1_000;

    /// <summary><c>Dashboard:MaxRepeatingPublishers</c>: messages that the server repeats. 0 to 10,000.</summary>
    public int MaxRepeatingPublishers { get; init; } = 100;

    /// <summary><c>Dashboard:MinRepeatInterval</c>: the shortest time between two messages of one of them. 10 ms to 1 h.</summary>
    public TimeSpan MinRepeatInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary><c>Dashboard:UndoBytes</c>: deleted retained messages that are held for 10 minutes to be put back. 0 to 2,147,483,647 bytes; 0 holds none.</summary>
    public long UndoBytes { get; init; } = 64 * 1024 * 1024;

    public static DashboardOptions Read(SettingsReader settings, BrokerOptions broker, string contentRoot)
    {
        var options = new DashboardOptions
        {
            Port = settings.Port("Dashboard:Port", 8080),
            PathBase = settings.Text("Dashboard:PathBase", "").TrimEnd('/'),
            KnownProxies = settings.Networks("Dashboard:KnownProxies"),
            MaxSavedMessages = settings.Count("Dashboard:MaxSavedMessages", 1_000, 0, 10_000),
            MaxRepeatingPublishers = settings.Count("Dashboard:MaxRepeatingPublishers", 100, 0, 10_000),
            MinRepeatInterval = settings.Time("Dashboard:MinRepeatInterval", TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
            UndoBytes = settings.Count("Dashboard:UndoBytes", 64 * 1024 * 1024, 0, int.MaxValue),
            BindAddress = IPAddress.TryParse(broker.BindAddress, out var address) ? address : IPAddress.Loopback,
            DataDirectory = Path.GetFullPath(broker.DataDirectory, contentRoot),
        };
        broker.DataDirectory = options.DataDirectory;
        options.Validate(settings, broker);
        return options;
    }

    private void Validate(SettingsReader settings, BrokerOptions broker)
    {
        if (Port != 0 && (Port == broker.TcpPort || Port == broker.WebSocketPort))
        {
            settings.Refuse("Dashboard:Port", $"{Port}", "another listener has that port; give each its own, or 0 to turn one off");
        }

        if (PathBase.Length > 0 && (PathBase[0] != '/' || !Uri.IsWellFormedUriString(PathBase, UriKind.Relative)))
        {
            settings.Refuse("Dashboard:PathBase", PathBase, "it starts with a slash and is a plain path, such as /mqtt-dashboard");
        }

        try
        {
            Directory.CreateDirectory(DataDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            settings.Refuse("Broker:DataDirectory", DataDirectory, $"this folder cannot be made ({e.Message})");
        }
    }
}
