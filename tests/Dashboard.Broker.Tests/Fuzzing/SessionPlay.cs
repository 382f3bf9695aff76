using System.Globalization;
using System.Text;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>Plays a story against a broker with a SQLite file, over real sockets, beside the model: after each step every client must have received exactly what the model says.</summary>
internal sealed class SessionPlay : IAsyncDisposable
{
    private static readonly string[] Topics = ["a/0", "a/1", "a/2", "b/0", "b/1"];
    private static readonly string[] Filters = ["a/0", "b/0", "a/+", "#", "#", ModelBroker.Shared, ModelBroker.Shared];

    private readonly ManualTime _time = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("model");
    private readonly ModelBroker _model;
    private readonly ProtocolVersion[] _versions;
    private readonly RawClient?[] _clients = new RawClient?[3];
    private readonly StringBuilder _trace = new();
    private BrokerHost? _host;
    private RawClient _publisher = null!;
    private int _published;

    private SessionPlay(int number)
    {
        _model = new ModelBroker(_time);
        _versions = [.. Enumerable.Range(0, 4).Select(client => (number >> client & 1) == 0 ? ProtocolVersion.V500 : ProtocolVersion.V311)];
    }

    private BrokerHost Host => _host!;

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

    /// <summary>In order. Who leaves something to others says goodbye before, since the broker closes all at once and in no order.</summary>
    private async Task StopAsync()
    {
        for (var i = 0; i < _clients.Length; i++)
        {
            if (_model.Sessions[i] is { IsConnected: true } session && (session.Expiry == 0 || session.Will is not null))
            {
                await LeaveAsync(i);
                await NothingMoreAsync();
            }
        }

        var stop = Host.DisposeAsync();
        _host = null;
        foreach (var client in _clients.Append(_publisher).OfType<RawClient>())
        {
            await client.ExpectClosedAsync(ReasonCode.ServerShuttingDown);
        }

        await stop;
        foreach (var session in _model.Sessions.Where(session => session.IsConnected))
        {
            _model.Disconnect(session, isGoodbye: false);
        }

        foreach (var client in _clients.Append(_publisher).OfType<RawClient>())
        {
            await client.DisposeAsync();
        }

        Array.Clear(_clients);
    }

    private async Task DoAsync(SessionStep step)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1)); // so that nothing is due at the same time as another
        var session = _model.Sessions[step.Client];
        switch (step.Kind)
        {
            case StepKind.Connect:
                await ConnectAsync(session, step);
                break;
            case StepKind.Disconnect when session.IsConnected:
                await LeaveAsync(step.Client);
                break;
            case StepKind.Drop when session.IsConnected:
                Tell($"{session.ClientId} vanishes");
                _clients[step.Client]!.Abort();
                await GoneAsync(step.Client, isGoodbye: false);
                break;
            case StepKind.Subscribe when session.IsConnected:
                await SubscribeAsync(session, step);
                break;
            case StepKind.Unsubscribe when session.IsConnected:
                var filter = Filters[step.Number % Filters.Length];
                Tell($"{session.ClientId} unsubscribes from {filter}");
                await _clients[step.Client]!.UnsubscribeAsync(filter);
                session.Unsubscribe(filter);
                if (filter == ModelBroker.Shared)
                {
                    _model.Leave(session);
                }

                break;
            case StepKind.Publish:
                await PublishAsync(step, isInterrupted: false);
                break;
            case StepKind.PublishRetained:
                await PublishAsync(step, isInterrupted: false, retain: true);
                break;
            case StepKind.PublishAgain:
                await PublishAsync(step with { QoS = QualityOfService.ExactlyOnce }, isInterrupted: true);
                break;
            case StepKind.Acknowledge when session.IsConnected && session.Unacknowledged.Count > 0:
                await AcknowledgeAsync(_clients[step.Client]!, session, session.Unacknowledged[step.Number % session.Unacknowledged.Count]);
                break;
            case StepKind.Restart:
                Tell("the broker restarts");
                await StopAsync();
                _model.Restart();
                await StartAsync();
                break;
            case StepKind.Wait:
                var seconds = step.Number % 20;
                Tell($"{seconds} s pass");
                Host.Pass(TimeSpan.FromSeconds(seconds));
                _model.EndDue();
                break;
        }

        await NothingMoreAsync();
    }

    private async Task ConnectAsync(ModelSession session, SessionStep step)
    {
        var version = _versions[step.Client];
        var receiveMaximum = version == ProtocolVersion.V500 ? 1 + (step.Number % 4) : ushort.MaxValue;
        var expiry = version == ProtocolVersion.V500 ? step.Expiry : step.Clean ? 0 : ModelSession.Forever;
        var will = WillOf(step, version);
        var before = _clients[step.Client];
        Tell($"{session.ClientId} connects{(before is null ? "" : " again")}, clean {step.Clean}, expiry {expiry}, receive maximum {receiveMaximum}, {(will is null ? "no will" : will.ToString())}");
        var client = await RawClient.OpenAsync(Host.TcpPort, version);
        _clients[step.Client] = client;
        await client.ConnectAsync(Connect(step.Client, session.ClientId, step.Clean, expiry, (ushort)receiveMaximum, will));
        if (before is not null)
        {
            await before.ExpectClosedAsync(ReasonCode.SessionTakenOver);
            await before.DisposeAsync();
        }

        var present = _model.Connect(session, step.Clean, expiry, receiveMaximum, will);
        Assert.Equal((ReasonCode.Success, present), (client.ConnAck.Reason, client.ConnAck.SessionPresent));
    }

    private ModelWill? WillOf(SessionStep step, ProtocolVersion version)
    {
        var chance = step.Number / 4;
        if (chance % 2 == 0)
        {
            return null;
        }

        var message = new ModelPublish(++_published, Topics[chance / 2 % Topics.Length], step.QoS, Retain: chance / 6 % 3 == 0, ModelSession.Never);
        return new ModelWill(message, version == ProtocolVersion.V500 && chance / 18 % 2 == 0 ? (uint)(1 + (chance / 36 % 20)) : 0);
    }

    private async Task SubscribeAsync(ModelSession session, SessionStep step)
    {
        var filter = Filters[step.Number % Filters.Length];
        var (isV5, options) = (_versions[step.Client] == ProtocolVersion.V500, step.Number / Filters.Length);
        var subscription = new ModelSubscription(step.QoS, isV5 && options % 2 == 0, isV5 && options / 2 % 2 == 0 ? (uint)(1 + (step.Number % 7)) : null);
        var handling = isV5 ? (RetainHandling)(options / 4 % 3) : RetainHandling.SendAtSubscribe;
        Tell($"{session.ClientId} subscribes to {filter}, {handling}, {subscription}");
        var request = new SubscriptionRequest(filter, step.QoS, NoLocal: false, subscription.RetainAsPublished, handling);
        var granted = await _clients[step.Client]!.SubscribeAsync([request], subscription.Id is null ? null : new Properties { SubscriptionIdentifiers = [.. subscription.Ids] });
        Assert.Equal((ReasonCode)step.QoS, Assert.Single(granted.Reasons));
        session.Subscribe(filter, subscription, handling);
        if (filter == ModelBroker.Shared)
        {
            _model.Join(session);
        }
    }

    private async Task PublishAsync(SessionStep step, bool isInterrupted, bool retain = false)
    {
        var isEmpty = retain && step.Number / 8 % 5 == 0;
        var expires = _versions[3] == ProtocolVersion.V500 && step.Expiry is > 0 and < 15;
        var published = new ModelPublish(isEmpty ? 0 : ++_published, Topics[step.Number % Topics.Length], step.QoS, retain, expires ? _model.Now + (step.Expiry * 1000L) : ModelSession.Never);
        Tell($"{published} is published{(expires ? $" for {step.Expiry} s" : "")}{(isInterrupted ? ", again after the connection broke" : "")}");
        var message = new PublishPacket
        {
            Topic = published.Topic,
            Payload = Payload(published),
            QoS = published.QoS,
            Retain = retain,
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

        _model.Publish(published);
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

    private async Task AcknowledgeAsync(RawClient client, ModelSession session, ModelMessage message)
    {
        Tell($"{session.ClientId} acknowledges {message.Published.Number}{(message.IsReleased ? " for good" : "")}");
        if (message is { QoS: QualityOfService.ExactlyOnce, IsReleased: false })
        {
            await client.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
            session.Release(message);
            return;
        }

        await client.SendAsync(new AckPacket(message.QoS == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubComp, message.PacketId));
        session.Finish(message);
    }

    private async Task LeaveAsync(int client)
    {
        Tell($"{_model.Sessions[client].ClientId} says goodbye");
        await _clients[client]!.DisconnectAsync();
        await GoneAsync(client, isGoodbye: true);
    }

    /// <summary>Waits until the broker has done all that the end of a connection asks for.</summary>
    private async Task GoneAsync(int client, bool isGoodbye)
    {
        await _clients[client]!.DisposeAsync();
        _clients[client] = null;
        var open = _clients.Count(one => one is not null) + 1;
        await Eventually.Holds(() => Host.Broker.Connections.Count == open, () => $"{_model.Sessions[client].ClientId} is still connected");
        _model.Disconnect(_model.Sessions[client], isGoodbye);
    }

    /// <summary>A message at QoS 0 may overtake one that waits for its commit; each kind keeps its order.</summary>
    private static async Task ExpectAsync(RawClient client, ModelSession session)
    {
        var expected = session.TakeExpected();
        var unreliable = new Queue<ExpectedPacket>(expected.Where(packet => packet.Message.QoS == QualityOfService.AtMostOnce));
        var reliable = new Queue<ExpectedPacket>(expected.Except(unreliable));
        for (var i = 0; i < expected.Count; i++)
        {
            var packet = await client.ReceiveAsync();
            var kind = packet is PublishPacket { QoS: QualityOfService.AtMostOnce } ? unreliable : reliable;
            Assert.True(kind.TryDequeue(out var next), $"{session.ClientId} did not expect {packet}");
            Check(session, next, packet);
        }
    }

    private static void Check(ModelSession session, ExpectedPacket expected, object? packet)
    {
        var message = expected.Message;
        if (expected.Type == PacketType.PubRel)
        {
            Assert.Equal(new AckPacket(PacketType.PubRel, message.PacketId), packet);
            return;
        }

        var publish = Assert.IsType<PublishPacket>(packet);
        Assert.Equal(
            (Encoding.UTF8.GetString(Payload(message.Published)), message.Published.Topic, message.QoS, message.Retain, expected.IsDup),
            (Encoding.UTF8.GetString(publish.Payload), publish.Topic, publish.QoS, publish.Retain, publish.Dup));
        Assert.Equal(message.Ids.Order(), (publish.Properties?.SubscriptionIdentifiers ?? []).Order());
        if (message.PacketId == 0 && message.QoS > 0)
        {
            Assert.DoesNotContain(session.Unacknowledged, other => other.PacketId == publish.PacketId);
            message.PacketId = publish.PacketId;
        }

        Assert.Equal(message.PacketId, publish.PacketId);
    }

    /// <summary>Every client has what the model says, and no more.</summary>
    private async Task NothingMoreAsync()
    {
        for (var i = 0; i < _clients.Length; i++)
        {
            if (_clients[i] is { } client)
            {
                await ExpectAsync(client, _model.Sessions[i]);
                await client.ExpectNothingAsync();
            }
        }
    }

    private ConnectPacket Connect(int client, string clientId, bool clean, uint expiry, ushort? receiveMaximum, ModelWill? will = null) => new()
    {
        Version = _versions[client],
        ClientId = clientId,
        CleanStart = clean,
        Will = will is null ? null : new WillMessage(will.Message.Topic, Payload(will.Message), will.Message.QoS, will.Message.Retain, will.Delay > 0 ? new Properties { WillDelayInterval = will.Delay } : null),
        Properties = _versions[client] == ProtocolVersion.V500 ? new Properties { SessionExpiryInterval = expiry, ReceiveMaximum = receiveMaximum } : null,
    };

    private static byte[] Payload(ModelPublish message) => message.Number == 0 ? [] : Wire.Utf8(message.Number.ToString(CultureInfo.InvariantCulture));

    private void Tell(string what) => _trace.AppendLine(what);
}
