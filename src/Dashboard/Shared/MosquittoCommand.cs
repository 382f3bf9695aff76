using Dashboard.Broker;

namespace Dashboard.Shared;

/// <summary>Commands that a person can type as they stand, in a Unix shell, PowerShell and cmd alike: hence the double quotes.</summary>
public static class MosquittoCommand
{
    private const int StandardPort = 1883;

    /// <param name="page">The address of the page: its host is how the person at the browser reaches this machine.</param>
    /// <param name="arguments">For example <c>-t "#" -v</c>.</param>
    public static string Subscribe(BrokerOptions options, string page, string arguments) => Write("mosquitto_sub", HostOf(page), options.TcpPort, arguments);

    /// <inheritdoc cref="Subscribe(BrokerOptions, string, string)"/>
    public static string Publish(BrokerOptions options, string page, string arguments) => Write("mosquitto_pub", HostOf(page), options.TcpPort, arguments);

    public static string Write(string program, string host, int port, string arguments) =>
        $"{program} -h {host}{(port == StandardPort ? "" : $" -p {port}")} {arguments}";

    private static string HostOf(string page) => new Uri(page) is { IsLoopback: false } address ? address.Host : "127.0.0.1";
}
