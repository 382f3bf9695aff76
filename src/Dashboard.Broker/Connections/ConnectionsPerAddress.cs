using System.Net;

namespace Dashboard.Broker.Connections;

/// <summary>How many connections each address has open. Thread-safe.</summary>
internal sealed class ConnectionsPerAddress
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _counts = [];

    /// <summary>The address without the port; an IPv4 address is the same one on a socket that listens for both.</summary>
    public static IPAddress AddressOf(string remote) =>
        !IPEndPoint.TryParse(remote, out var end) ? IPAddress.None : end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address;

    public void Add(IPAddress address)
    {
        lock (_gate)
        {
            _counts[address] = _counts.GetValueOrDefault(address) + 1;
        }
    }

    public void Remove(IPAddress address)
    {
        lock (_gate)
        {
            if (_counts.TryGetValue(address, out var count) && count > 1)
            {
                _counts[address] = count - 1;
            }
            else
            {
                _counts.Remove(address);
            }
        }
    }

    public int Count(IPAddress address)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(address);
        }
    }
}
