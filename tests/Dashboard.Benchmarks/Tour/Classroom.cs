using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Dashboard.Mqtt.Client;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Benchmarks.Tour;

/// <summary>
/// A course with its devices, for pictures: Raspberry Pis that measure, laptops that listen, a logger that is away while messages wait for
/// it, a tablet that is too slow, a broken device, a stranger at the door.
/// </summary>
internal sealed class Classroom : IAsyncDisposable
{
    public const string Root = "classroom";

    private const int Pis = 16;

    private static readonly string[] Students = ["ana", "ben", "carla", "diego", "emil", "fatima"];

    /// <summary>Bytes that are no text, as a camera sends them.</summary>
    private static readonly byte[] Frame = [.. Enumerable.Range(0, 12_000).Select(i => (byte)(i * i % 251))];

    private readonly CancellationTokenSource _end = new();
    private readonly List<MqttClient> _clients = [];
    private readonly List<Task> _running = [];
    private readonly int _port;

    private Classroom(int port) => _port = port;

    public static async Task<Classroom> Open(int port)
    {
        var room = new Classroom(port);
        await room.Settle();
        for (var number = 1; number < Pis; number++)
        {
            await room.AddPi(number);
        }

        var last = await room.AddPi(Pis);
        await room.AddListeners();
        await room.AddTroubles();
        await last.DisposeAsync(); // it vanishes without a goodbye: its will is published
        return room;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await Task.WhenAll(_running);
        _end.Dispose();
    }

    private static byte[] Bytes(FormattableString text) => Encoding.UTF8.GetBytes(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>What was there before the lesson began.</summary>
    private async Task Settle()
    {
        var teacher = await Connect("teacher-laptop", user: "teacher");
        await teacher.SubscribeAsync([new SubscriptionRequest($"{Root}/#", QualityOfService.AtLeastOnce), new SubscriptionRequest("building/+/door")]);
        await Retain(teacher, $"{Root}/lesson", $$"""{"title": "Sensors and MQTT", "room": "B 204", "ends": "12:15"}""");
        await Retain(teacher, $"{Root}/rules", $"Publish under {Root}/your-device/ only. Retain your status, not your values.");
        await Retain(teacher, $"{Root}/quiz/question", $"What does QoS 2 promise?", new Properties { MessageExpiryInterval = 900, ContentType = "text/plain" });
        await Retain(teacher, "building/b/door", $"open");
        for (var number = 1; number <= Pis; number++)
        {
            await Retain(teacher, $"{Root}/config/pi-{number:00}", $$"""{"interval": {{(number % 3) + 1}}, "led": {{(number % 2 == 0 ? "true" : "false")}}, "name": "Table {{(number + 1) / 2}}"}""");
        }
    }

    private async Task<MqttClient> AddPi(int number)
    {
        var name = $"pi-{number:00}";
        var status = $"{Root}/{name}/status";
        var pi = await Connect(name, will: new WillMessage(status, "offline"u8.ToArray(), QualityOfService.AtLeastOnce, Retain: true));
        await pi.SubscribeAsync([new SubscriptionRequest($"{Root}/{name}/led/set", QualityOfService.AtLeastOnce), new SubscriptionRequest($"{Root}/announce")]);
        await Retain(pi, status, $"online");
        Repeat(TimeSpan.FromMilliseconds(1_700 + (40 * number)), turn => Publish(pi, $"{Root}/{name}/temperature", Bytes($"{20 + (number % 5) + (1.5 * Math.Sin((turn + number) / 6.0)):0.00}")));
        Repeat(TimeSpan.FromMilliseconds(2_900 + (70 * number)), turn => Publish(pi, $"{Root}/{name}/climate", Bytes(
            $$"""{"temperature": {{20 + (number % 5) + (1.5 * Math.Sin((turn + number) / 6.0)):0.0}}, "humidity": {{45 + (8 * Math.Cos((turn - number) / 9.0)):0}}, "co2": {{620 + (number * 11) + (turn % 40 * 3)}}, "battery": {"percent": {{98 - number}}, "charging": {{(number % 4 == 0 ? "true" : "false")}} } }"""),
            QualityOfService.AtLeastOnce,
            new Properties { ContentType = "application/json", UserProperties = [new UserProperty("firmware", "1.4.2")] }));
        if (number % 5 == 0)
        {
            Repeat(TimeSpan.FromSeconds(4), turn => Publish(pi, $"{Root}/{name}/button", Bytes($"pressed {turn}"), QualityOfService.ExactlyOnce));
        }

        return pi;
    }

    private async Task AddListeners()
    {
        foreach (var student in Students)
        {
            var laptop = await Connect($"{student}-laptop", student == "emil" ? ProtocolVersion.V311 : ProtocolVersion.V500, user: student);
            await laptop.SubscribeAsync($"{Root}/+/temperature");
            Repeat(TimeSpan.FromSeconds(7 + student.Length), turn => Publish(laptop, $"{Root}/chat/{student}", Bytes($"Value {turn} looks right to me"), QualityOfService.AtLeastOnce));
        }

        foreach (var worker in (string[])["average-1", "average-2"])
        {
            await (await Connect(worker)).SubscribeAsync($"$share/averages/{Root}/+/climate", QualityOfService.AtLeastOnce);
        }

        var led = await Connect("led-controller");
        Repeat(TimeSpan.FromSeconds(3), turn => Publish(led, $"{Root}/pi-{(turn % Pis) + 1:00}/led/set", Bytes($"{(turn % 2 == 0 ? "on" : "off")}"), QualityOfService.AtLeastOnce));
        var camera = await Connect("door-camera", ProtocolVersion.V311);
        Repeat(TimeSpan.FromSeconds(2), _ => Publish(camera, $"{Root}/camera/frame", Frame));
    }

    private async Task AddTroubles()
    {
        // It comes back after the lesson, and wants all that it missed.
        var logger = await Connect("night-logger", session: 86_400);
        await logger.SubscribeAsync([new SubscriptionRequest($"{Root}/+/climate", QualityOfService.AtLeastOnce), new SubscriptionRequest($"{Root}/chat/#", QualityOfService.ExactlyOnce)]);
        await logger.DisconnectAsync();

        // It never acknowledges, so its window stays full and its queue grows.
        var tablet = await Connect("old-tablet", answers: false);
        await tablet.SubscribeAsync($"{Root}/#", QualityOfService.AtLeastOnce);

        // Two boards with the same program, and so with the same id.
        await Connect("esp32-default");
        await Connect("esp32-default");

        // A browser that was given the wrong port.
        using var stranger = new TcpClient();
        await stranger.ConnectAsync("127.0.0.1", _port);
        await stranger.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: broker\r\n\r\n"u8.ToArray());
        _ = await stranger.GetStream().ReadAsync(new byte[1]);
    }

    private async Task<MqttClient> Connect(
        string name, ProtocolVersion version = ProtocolVersion.V500, string? user = null, uint? session = null, WillMessage? will = null, bool answers = true)
    {
        var client = await MqttClient.ConnectAsync(new MqttClientOptions
        {
            Host = "127.0.0.1",
            Port = _port,
            AutomaticAcknowledgement = answers,
            Connect = new ConnectPacket
            {
                Version = version,
                ClientId = name,
                KeepAlive = 60,
                UserName = user,
                Will = will,
                Properties = version != ProtocolVersion.V500 ? null : new Properties { SessionExpiryInterval = session, ReceiveMaximum = answers ? null : 20 },
            },
        });
        _clients.Add(client);
        _running.Add(Drain(client));
        return client;
    }

    private static async Task Drain(MqttClient client)
    {
        await foreach (var _ in client.Messages.ReadAllAsync())
        {
        }
    }

    private static Task<AckPacket?> Retain(MqttClient client, string topic, FormattableString payload, Properties? properties = null) =>
        client.PublishAsync(new PublishPacket { Topic = topic, Payload = Bytes(payload), QoS = QualityOfService.AtLeastOnce, Retain = true, Properties = properties });

    private static Task<AckPacket?> Publish(MqttClient client, string topic, byte[] payload, QualityOfService qos = QualityOfService.AtMostOnce, Properties? properties = null) =>
        client.PublishAsync(new PublishPacket { Topic = topic, Payload = payload, QoS = qos, Properties = properties });

    private void Repeat(TimeSpan every, Func<int, Task> publish) => _running.Add(Run(every, publish));

    private async Task Run(TimeSpan every, Func<int, Task> publish)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            for (var turn = 1; await timer.WaitForNextTickAsync(_end.Token); turn++)
            {
                await publish(turn);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The lesson is over, or this device has gone.
        }
    }
}
