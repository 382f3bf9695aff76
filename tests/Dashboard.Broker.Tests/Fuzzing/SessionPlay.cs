using System.Globalization;
using System.Text;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>Plays a story against a broker with a SQLite file, over real sockets, beside the model: after each step every client must have received exactly what the model says.</summary>
internal sealed class SessionPlay : IAsyncDisposable
{
    private static readonly string[] Topics = ["a/0", "a/1", "b/0"];
    private static readonly string[] Filters = ["a/0", "a/1", "b/0", "a/+", "#"];

    private readonly ManualTime _time = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("model");
    private readonly ModelSession[] _models = [new("s0"), new("s1"), new("s2")];
    private readonly ProtocolVersion[] _versions;
    private readonly RawClient?[] _clients = new RawClient?[3];
    private readonly StringBuilder _trace = new();
    private BrokerHost? _host;
    private RawClient _publisher = null!;
    private int _published;

    private SessionPlay(int number) =>
        _versions = [.. Enumerable.Range(0, 4).Select(client => (number >> client & 1) == 0 ? ProtocolVersion.V500 : ProtocolVersion.V311)];

    private BrokerHost Host => _host!;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What went wrong, with what had happened until then; null when all was as the model says.</summary>
    public static async Task<string?> ProblemAsync(int number, IReadOnlyList<SessionStep> story)
    {
        await using var play = new SessionPlay(number);
        try
        {
            await play.StartAsync();
            foreach (var step in story)
            {
                await play.DoAsync(step);
            }

            await play.StopAsync();
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return $"{play._trace}{exception.Message}\n{exception.StackTrace}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Append(_publisher).OfType<RawClient>())
        {
            await client.DisposeAsync();
        }

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        _host = await BrokerHost.StartAsync(_time, options =>
        {
            options.Storage = StorageKind.Sqlite;
            options.DataDirectory = _directory.FullName;
            options.MaxQueuedMessages = ModelSession.MaxQueued;
        });
        _publisher = await RawClient.OpenAsync(Host.TcpPort, _versions[3]);
        await _publisher.ConnectAsync(Connect(3, "publisher", clean: false, ModelSession.Forever, null));
    }

    /// <summary>In order, so that sessions whose expiry is 0 have ended and all others live on.</summary>
    private async Task StopAsync()
    {
        var stop = Host.DisposeAsync();
        _host = null;
        foreach (var client in _clients.Append(_publisher).OfType<RawClient>())
        {
            await client.ExpectClosedAsync(ReasonCode.ServerShuttingDown);
        }

        await stop;
        foreach (var model in _models.Where(model => model.IsConnected))
        {
            model.Disconnect(Now);
        }

        foreach (var client in _clients.Append(_publisher).OfType<RawClient>())
        {
            await client.DisposeAsync();
        }

        Array.Clear(_clients);
    }

    private async Task DoAsync(SessionStep step)
    {
        var model = _models[step.Client];
        switch (step.Kind)
        {
            case StepKind.Connect:
                await ConnectAsync(model, step);
                break;
            case StepKind.Disconnect when model.IsConnected:
                Tell($"{model.ClientId} says goodbye");
                await _clients[step.Client]!.DisconnectAsync();
                await GoneAsync(step.Client, model);
                break;
            case StepKind.Drop when model.IsConnected:
                Tell($"{model.ClientId} vanishes");
                _clients[step.Client]!.Abort();
                await GoneAsync(step.Client, model);
                break;
            case StepKind.Subscribe when model.IsConnected:
                var filter = Filters[step.Number % Filters.Length];
                Tell($"{model.ClientId} subscribes to {filter} at {step.QoS}");
                var granted = await _clients[step.Client]!.SubscribeAsync(filter, step.QoS);
                Assert.Equal((ReasonCode)step.QoS, Assert.Single(granted.Reasons));
                model.Subscribe(filter, step.QoS);
                break;
            case StepKind.Unsubscribe when model.IsConnected:
                filter = Filters[step.Number % Filters.Length];
                Tell($"{model.ClientId} unsubscribes from {filter}");
                await _clients[step.Client]!.UnsubscribeAsync(filter);
                model.Unsubscribe(filter);
                break;
            case StepKind.Publish:
                await PublishAsync(step, isInterrupted: false);
                break;
            case StepKind.PublishAgain:
                await PublishAsync(step with { QoS = QualityOfService.ExactlyOnce }, isInterrupted: true);
                break;
            case StepKind.Acknowledge when model.IsConnected && model.Unacknowledged.Count > 0:
                await AcknowledgeAsync(_clients[step.Client]!, model, model.Unacknowledged[step.Number % model.Unacknowledged.Count]);
                break;
            case StepKind.Restart:
                Tell("the broker restarts");
                await StopAsync();
                await StartAsync();
                break;
            case StepKind.Wait:
                var seconds = step.Number % 20;
                Tell($"{seconds} s pass");
                Host.Pass(TimeSpan.FromSeconds(seconds));
                Array.ForEach(_models, one => one.Expire(Now));
                break;
        }

        await NothingMoreAsync();
    }

    private async Task ConnectAsync(ModelSession model, SessionStep step)
    {
        var version = _versions[step.Client];
        var receiveMaximum = version == ProtocolVersion.V500 ? 1 + (step.Number % 4) : ushort.MaxValue;
        var expiry = version == ProtocolVersion.V500 ? step.Expiry : step.Clean ? 0 : ModelSession.Forever;
        var before = _clients[step.Client];
        Tell($"{model.ClientId} connects{(before is null ? "" : " again")}, clean {step.Clean}, expiry {expiry}, receive maximum {receiveMaximum}");
        var client = await RawClient.OpenAsync(Host.TcpPort, version);
        _clients[step.Client] = client;
        await client.ConnectAsync(Connect(step.Client, model.ClientId, step.Clean, expiry, (ushort)receiveMaximum));
        if (before is not null)
        {
            await before.ExpectClosedAsync(ReasonCode.SessionTakenOver);
            await before.DisposeAsync();
        }

        var (present, packets) = model.Connect(step.Clean, expiry, receiveMaximum, Now);
        Assert.Equal((ReasonCode.Success, present), (client.ConnAck.Reason, client.ConnAck.SessionPresent));
        await ExpectAsync(client, model, packets);
    }

    private async Task PublishAsync(SessionStep step, bool isInterrupted)
    {
        var number = ++_published;
        var topic = Topics[step.Number % Topics.Length];
        var expires = _versions[3] == ProtocolVersion.V500 && step.Expiry is > 0 and < 15;
        Tell($"message {number} is published on {topic} at {step.QoS}{(expires ? $" for {step.Expiry} s" : "")}{(isInterrupted ? ", again after the connection broke" : "")}");
        var message = new PublishPacket
        {
            Topic = topic,
            Payload = Wire.Utf8(number.ToString(CultureInfo.InvariantCulture)),
            QoS = step.QoS,
            Properties = expires ? new Properties { MessageExpiryInterval = step.Expiry } : null,
        };
        if (isInterrupted)
        {
            await PublishTwiceAsync(message);
        }
        else
        {
            await _publisher.PublishAsync(message);
        }

        var expiresAt = expires ? Now + (step.Expiry * 1000L) : long.MaxValue;
        for (var i = 0; i < _models.Length; i++)
        {
            var packets = _models[i].Deliver(number, topic, step.QoS, expiresAt);
            if (_clients[i] is { } client)
            {
                await ExpectAsync(client, _models[i], packets);
            }
        }
    }

    /// <summary>QoS 2 whose PUBREC the publisher never saw: it sends again on a new connection, and nobody receives it twice.</summary>
    private async Task PublishTwiceAsync(PublishPacket message)
    {
        message = message with { PacketId = ushort.MaxValue };
        await _publisher.SendAsync(message);
        await ExpectPubRecAsync(message.PacketId);
        _publisher.Abort();
        _publisher = await RawClient.OpenAsync(Host.TcpPort, _versions[3]);
        await _publisher.ConnectAsync(Connect(3, "publisher", clean: false, ModelSession.Forever, null));
        Assert.True(_publisher.ConnAck.SessionPresent);
        await _publisher.SendAsync(message with { Dup = true });
        await ExpectPubRecAsync(message.PacketId);
        await _publisher.SendAsync(new AckPacket(PacketType.PubRel, message.PacketId));
        await _publisher.ExpectAckAsync(PacketType.PubComp, message.PacketId);
    }

    private async Task ExpectPubRecAsync(ushort packetId)
    {
        var ack = await _publisher.ExpectAsync<AckPacket>();
        Assert.Equal((PacketType.PubRec, packetId), (ack.Type, ack.PacketId));
    }

    private async Task AcknowledgeAsync(RawClient client, ModelSession model, ModelMessage message)
    {
        Tell($"{model.ClientId} acknowledges message {message.Number}{(message.IsReleased ? " for good" : "")}");
        if (message is { QoS: QualityOfService.ExactlyOnce, IsReleased: false })
        {
            await client.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
            message.IsReleased = true;
            await ExpectAsync(client, model, [new ExpectedPacket(PacketType.PubRel, message)]);
            return;
        }

        await client.SendAsync(new AckPacket(message.QoS == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubComp, message.PacketId));
        await ExpectAsync(client, model, model.Finish(message, Now));
    }

    private async Task GoneAsync(int client, ModelSession model)
    {
        await _clients[client]!.DisposeAsync();
        _clients[client] = null;
        await Eventually.Holds(() => Host.Service<ClientDirectory>().Find(model.ClientId)?.Client.IsConnected != true, () => $"{model.ClientId} is still connected");
        model.Disconnect(Now);
    }

    private static async Task ExpectAsync(RawClient client, ModelSession model, List<ExpectedPacket> packets)
    {
        foreach (var expected in packets)
        {
            var message = expected.Message;
            var packet = await client.ReceiveAsync();
            if (expected.Type == PacketType.PubRel)
            {
                Assert.Equal(new AckPacket(PacketType.PubRel, message.PacketId), packet);
                continue;
            }

            var publish = Assert.IsType<PublishPacket>(packet);
            Assert.Equal(
                (message.Number.ToString(CultureInfo.InvariantCulture), message.Topic, message.QoS, expected.IsDup),
                (Encoding.UTF8.GetString(publish.Payload), publish.Topic, publish.QoS, publish.Dup));
            if (message.PacketId == 0 && message.QoS > 0)
            {
                Assert.DoesNotContain(model.Unacknowledged, other => other.PacketId == publish.PacketId);
                message.PacketId = publish.PacketId;
            }

            Assert.Equal(message.PacketId, publish.PacketId);
        }
    }

    private async Task NothingMoreAsync()
    {
        foreach (var client in _clients.OfType<RawClient>())
        {
            await client.ExpectNothingAsync();
        }
    }

    private ConnectPacket Connect(int client, string clientId, bool clean, uint expiry, ushort? receiveMaximum) => new()
    {
        Version = _versions[client],
        ClientId = clientId,
        CleanStart = clean,
        Properties = _versions[client] == ProtocolVersion.V500 ? new Properties { SessionExpiryInterval = expiry, ReceiveMaximum = receiveMaximum } : null,
    };

    private void Tell(string what) => _trace.AppendLine(what);
}
