using System.Buffers;
using System.Threading.Channels;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Client;

/// <summary>
/// One connection to an MQTT server over TCP or WebSocket. It does not reconnect by itself. To be disposed of without
/// <see cref="DisconnectAsync"/> means to vanish: the server then publishes the will.
/// </summary>
public sealed class MqttClient : IAsyncDisposable
{
    /// <summary>A server that reads the DISCONNECT closes the connection at once.</summary>
    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    private readonly MqttClientOptions _options;
    private readonly Stream _stream;
    private readonly ClientOutput _output;
    private readonly ClientReceiver _receiver;
    private readonly PendingReplies _pending = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _publishTurn = new(1, 1);
    private readonly Task _sending;
    private readonly Task _receiving;
    private Task _pinging = Task.CompletedTask;
    private SemaphoreSlim _quota = new(ushort.MaxValue);    // neither is disposed: late answers release them
    private int _disposed;

    private MqttClient(MqttClientOptions options, Stream stream)
    {
        _options = options;
        _stream = stream;
        _output = new ClientOutput(stream, options.Connect.Version);
        _receiver = new ClientReceiver(options, stream, _output, _pending);
        _sending = _output.RunAsync();
        _receiving = _receiver.RunAsync();
    }

    /// <summary>The server's answer; ask its reason whether the client was let in.</summary>
    public ConnAckPacket ConnAck { get; private set; } = null!;

    /// <summary>Completes when the connection is closed.</summary>
    public ChannelReader<PublishPacket> Messages => _receiver.Messages;

    /// <summary>Completes when the connection is closed, with the server's DISCONNECT or null if it sent none. Never fails.</summary>
    public Task<DisconnectPacket?> Closed => _receiver.Closed;

    /// <exception cref="IOException">The server closed the connection without a CONNACK.</exception>
    public static async Task<MqttClient> ConnectAsync(MqttClientOptions options, CancellationToken cancellationToken = default)
    {
        var stream = await ClientTransport.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        var client = new MqttClient(options, stream);
        try
        {
            await client.IntroduceAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch
        {
            await client.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task<SubAckPacket> SubscribeAsync(
        IReadOnlyList<SubscriptionRequest> subscriptions,
        Properties? properties = null,
        CancellationToken cancellationToken = default)
    {
        var packet = new SubscribePacket(_pending.Add(out var reply), subscriptions, properties);
        await SendRequestAsync(packet, packet.PacketId, PacketEncoder.Write, cancellationToken).ConfigureAwait(false);
        return (SubAckPacket)await reply.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<SubAckPacket> SubscribeAsync(
        string filter,
        QualityOfService qos = QualityOfService.AtMostOnce,
        CancellationToken cancellationToken = default) =>
        SubscribeAsync([new SubscriptionRequest(filter, qos)], null, cancellationToken);

    public async Task<UnsubAckPacket> UnsubscribeAsync(
        IReadOnlyList<string> filters,
        Properties? properties = null,
        CancellationToken cancellationToken = default)
    {
        var packet = new UnsubscribePacket(_pending.Add(out var reply), filters, properties);
        await SendRequestAsync(packet, packet.PacketId, PacketEncoder.Write, cancellationToken).ConfigureAwait(false);
        return (UnsubAckPacket)await reply.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a message with a packet identifier of the client's choice, within the server's receive maximum.</summary>
    /// <returns>Null when a QoS 0 message is sent; else the PUBACK, the PUBCOMP, or a PUBREC that refuses the message.</returns>
    public async Task<AckPacket?> PublishAsync(PublishPacket packet, CancellationToken cancellationToken = default)
    {
        if (packet.QoS == QualityOfService.AtMostOnce)
        {
            await _output.SendAsync(packet, PacketEncoder.Write, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var reply = await SendInOrderAsync(packet, cancellationToken).ConfigureAwait(false);
        return (AckPacket)await reply.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a PUBACK, PUBREC or PUBCOMP; for when <see cref="MqttClientOptions.AutomaticAcknowledgement"/> is off.</summary>
    public ValueTask AcknowledgeAsync(AckPacket packet, CancellationToken cancellationToken = default) =>
        _output.SendAsync(packet, PacketEncoder.Write, cancellationToken);

    /// <summary>Says goodbye, gives the server a moment to close the connection, and closes it.</summary>
    public async Task DisconnectAsync(DisconnectPacket? packet = null, CancellationToken cancellationToken = default)
    {
        await _output.SendAsync(packet ?? new DisconnectPacket(), PacketEncoder.Write, cancellationToken).ConfigureAwait(false);
        await _output.CompleteAsync().ConfigureAwait(false);
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        _receiver.StopMessages();
        await Task.WhenAny(Closed, Task.Delay(GoodbyeTime, _options.Time, cancellationToken)).ConfigureAwait(false);

        // [MQTT-3.14.4-1]
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _output.CompleteAsync().ConfigureAwait(false);
        _receiver.StopMessages();
        await Task.WhenAll(_sending, _receiving, _pinging).ConfigureAwait(false);
        _output.Dispose();
        _stop.Dispose();
    }

    private async Task IntroduceAsync(CancellationToken cancellationToken)
    {
        await _output.SendAsync(_options.Connect, static (output, _, connect) => PacketEncoder.Write(output, connect), cancellationToken)
            .ConfigureAwait(false);
        ConnAck = await _receiver.ConnAck.WaitAsync(cancellationToken).ConfigureAwait(false);
        _quota = new SemaphoreSlim(ConnAck.Properties?.ReceiveMaximum ?? ushort.MaxValue);

        // [MQTT-3.1.2-21]
        var keepAlive = ConnAck.Properties?.ServerKeepAlive ?? _options.Connect.KeepAlive;
        if (_options.AutomaticPing && keepAlive > 0)
        {
            _pinging = PingAsync(TimeSpan.FromSeconds(keepAlive / 2.0));
        }
    }

    /// <summary>Messages leave in the order of the calls, also while they wait for the server's receive maximum.</summary>
    private async Task<Task<object>> SendInOrderAsync(PublishPacket packet, CancellationToken cancellationToken)
    {
        await _publishTurn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // [MQTT-3.3.4-7]
            await _quota.WaitAsync(cancellationToken).ConfigureAwait(false);
            var packetId = _pending.Add(out var reply);
            _ = reply.ContinueWith(_ => _quota.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await SendRequestAsync(packet with { PacketId = packetId }, packetId, PacketEncoder.Write, cancellationToken).ConfigureAwait(false);
            return reply;
        }
        finally
        {
            _publishTurn.Release();
        }
    }

    private async Task SendRequestAsync<TPacket>(
        TPacket packet,
        ushort packetId,
        Action<IBufferWriter<byte>, ProtocolVersion, TPacket> encode,
        CancellationToken cancellationToken)
    {
        try
        {
            await _output.SendAsync(packet, encode, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _pending.Forget(packetId);
            throw;
        }
    }

    private async Task PingAsync(TimeSpan period)
    {
        using var timer = new PeriodicTimer(period, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (!_receiver.ExpectPingResponse())
                {
                    await _stream.DisposeAsync().ConfigureAwait(false);
                    return;
                }

                await _output.SendAsync(PacketType.PingReq, static (output, _, _) => PacketEncoder.WritePingReq(output)).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (ClientInput.IsBrokenStream(gone))
        {
            // The receiver tells everyone who waits.
        }
    }
}
