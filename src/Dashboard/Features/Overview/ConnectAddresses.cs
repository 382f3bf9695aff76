using System.Net;
using System.Net.Sockets;
using Dashboard.Broker;
using Dashboard.Shared;

namespace Dashboard.Features.Overview;

/// <summary>Where clients connect to, seen from the person at the browser.</summary>
internal sealed class ConnectAddresses
{
    private readonly BrokerOptions _options;
    private readonly Uri _page;

    /// <param name="page">The address of the start page, which is how this browser reaches the machine.</param>
    /// <param name="machine">The addresses of this machine in its networks, the likeliest first.</param>
    public ConnectAddresses(BrokerOptions options, Uri page, IEnumerable<IPAddress> machine)
    {
        _options = options;
        _page = page;
        var bound = IPAddress.TryParse(options.BindAddress, out var address) ? address : IPAddress.Loopback;
        IsLocalOnly = IPAddress.IsLoopback(bound);
        var isEverywhere = bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any);
        Hosts = isEverywhere ? Everywhere(machine) : [Bracketed(bound)];
    }

    /// <summary>True when only programs on this machine get in.</summary>
    public bool IsLocalOnly { get; }

    /// <summary>Host names and addresses that reach the broker, the best first.</summary>
    public IReadOnlyList<string> Hosts { get; }

    public bool HasTcp => _options.TcpPort != 0;

    public bool HasWebSocket => _options.WebSocketPort != 0;

    /// <summary>MQTT over WebSocket on the port of the pages, below their sub-path and with TLS when they have it.</summary>
    public string OnThisPort(string host)
    {
        var isPageHost = IsLocalOnly || host == _page.Host;
        var address = new UriBuilder(new Uri(_page, "mqtt")) { Scheme = _page.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        if (!isPageHost)
        {
            address.Host = host;
        }

        return address.Uri.ToString();
    }

    public string WebSocket(string host) => $"ws://{host}:{_options.WebSocketPort}";

    public string Subscribe(string host) => MosquittoCommand.Write("mosquitto_sub", Bare(host), _options.TcpPort, "-t \"#\" -v");

    public string Publish(string host) => MosquittoCommand.Write("mosquitto_pub", Bare(host), _options.TcpPort, "-t hello -m Hello");

    private string[] Everywhere(IEnumerable<IPAddress> machine)
    {
        var addresses = machine.Select(Bracketed);
        string[] hosts = [.. (_page.IsLoopback ? addresses : addresses.Prepend(_page.Host)).Distinct(StringComparer.OrdinalIgnoreCase)];
        return hosts.Length > 0 ? hosts : ["127.0.0.1"];
    }

    /// <summary>As it stands in an address with a port.</summary>
    private static string Bracketed(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static string Bare(string host) => host.Trim('[', ']');
}
