using System.Diagnostics;
using Dashboard.Mqtt.Client;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Interop.Tests.Faults;

/// <summary>A publisher and a subscriber that do nothing wrong, and how long a message takes between them.</summary>
internal sealed class Innocents : IAsyncDisposable
{
    private readonly MqttClient _publisher;
    private readonly MqttClient _subscriber;

    private Innocents(MqttClient publisher, MqttClient subscriber) => (_publisher, _subscriber) = (publisher, subscriber);

    public static async Task<Innocents> ConnectAsync(int port)
    {
        var pair = new Innocents(await ClientAsync(port, "innocent-publisher"), await ClientAsync(port, "innocent-subscriber"));
        await pair._subscriber.SubscribeAsync("innocent");
        return pair;
    }

    /// <summary>How long messages take that follow one another until a fault is over, and at least 30: their median, and the slowest.</summary>
    public async Task<(TimeSpan Median, TimeSpan Slowest)> MeasureAsync(Task fault)
    {
        var took = new List<TimeSpan>();
        while (took.Count < 30 || !fault.IsCompleted)
        {
            using var patience = new CancellationTokenSource(Eventually.Patience);
            var clock = Stopwatch.StartNew();
            await _publisher.PublishAsync(new PublishPacket { Topic = "innocent", Payload = "hi"u8.ToArray() }, patience.Token);
            await _subscriber.Messages.ReadAsync(patience.Token);
            took.Add(clock.Elapsed);
        }

        await fault;
        took.Sort();
        return (took[took.Count / 2], took[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _subscriber.DisposeAsync();
    }

    private static Task<MqttClient> ClientAsync(int port, string id) =>
        MqttClient.ConnectAsync(new MqttClientOptions { Host = "127.0.0.1", Port = port, Connect = new ConnectPacket { ClientId = id } });
}
