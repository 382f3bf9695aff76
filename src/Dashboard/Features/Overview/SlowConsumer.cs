using Dashboard.Broker;
using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Overview;

/// <summary>A client that takes its messages more slowly than they come, or not at all.</summary>
/// <param name="Fill">How full the fullest of its places is, 0 to 1.</param>
internal sealed record SlowConsumer(ClientInfo Client, double Fill)
{
    /// <summary>Bytes on their way to a client that keeps up seldom pass this.</summary>
    private const int Unremarkable = 64 * 1024;

    /// <summary>The fullest first.</summary>
    public static IReadOnlyList<SlowConsumer> Find(IEnumerable<ClientInfo> clients, BrokerOptions options, int count) =>
    [
        .. clients
            .Where(client => client.Queued > 0 || client.OutboxBytes > Unremarkable)
            .Select(client => new SlowConsumer(client, FillOf(client, options)))
            .OrderByDescending(slow => slow.Fill)
            .ThenBy(slow => slow.Client.ClientId, StringComparer.Ordinal)
            .Take(count),
    ];

    private static double FillOf(ClientInfo client, BrokerOptions options) => Math.Min(1, Math.Max(
        (double)client.OutboxBytes / options.MaxOutboxBytes,
        Math.Max((double)client.Queued / options.MaxQueuedMessages, (double)client.QueuedBytes / options.MaxQueuedBytes)));
}
