using System.Globalization;
using System.Net;
using Dashboard.Broker;

namespace Dashboard.Hosting;

/// <summary>Reads settings one by one and keeps every mistake, so that a start that fails names all of them at once.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> Errors => _errors;

    public string Text(string name, string fallback) => configuration[name] ?? fallback;

    public int Port(string name, int fallback)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort)
        {
            return port;
        }

        Refuse(name, text, "a port is a number from 1 to 65535, or 0 to turn this listener off");
        return fallback;
    }

    public int Count(string name, int fallback, int least, int most)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
        {
            return count;
        }

        Refuse(name, text, $"it is a whole number from {least:N0} to {most:N0}");
        return fallback;
    }

    public TimeSpan Time(string name, TimeSpan fallback, TimeSpan least, TimeSpan most)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text))
        {
            return fallback;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time >= least && time <= most)
        {
            return time;
        }

        Refuse(name, text, $"it is a time from {least:c} to {most:c}, such as {fallback:c}");
        return fallback;
    }

    /// <summary>Addresses and networks, separated by commas.</summary>
    public IReadOnlyList<IPNetwork> Networks(string name)
    {
        var networks = new List<IPNetwork>();
        foreach (var part in Text(name, "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(part, out var address))
            {
                networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(part, out var network))
            {
                networks.Add(network);
            }
            else
            {
                Refuse(name, part, "a proxy is an address such as 10.0.0.1 or a network such as 10.0.0.0/8");
            }
        }

        return networks;
    }

    /// <summary>The broker's own settings, whose mistakes join the others.</summary>
    public BrokerOptions Broker() => BrokerOptionsReader.Read(configuration, _errors);

    public void Refuse(string name, string value, string rule) => _errors.Add($"{name} is \"{value}\": {rule}.");
}
