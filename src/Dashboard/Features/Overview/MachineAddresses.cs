using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Dashboard.Features.Overview;

/// <summary>The addresses that this machine has in its networks.</summary>
internal static class MachineAddresses
{
    /// <summary>IPv4, since that is what people type; those with a way to other networks first.</summary>
    public static IReadOnlyList<IPAddress> Find()
    {
        try
        {
            return
            [
                .. NetworkInterface.GetAllNetworkInterfaces()
                    .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                    .Select(network => network.GetIPProperties())
                    .OrderByDescending(network => network.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any)))
                    .SelectMany(network => network.UnicastAddresses)
                    .Select(unicast => unicast.Address)
                    .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IsSelfAssigned(address)),
            ];
        }
        catch (NetworkInformationException)
        {
            return []; // Some containers do not let a program see their networks.
        }
    }

    /// <summary>169.254.x.x: no network gave the machine an address.</summary>
    private static bool IsSelfAssigned(IPAddress address) => address.GetAddressBytes() is [169, 254, ..];
}
