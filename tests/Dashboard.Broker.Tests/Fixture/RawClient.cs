using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>
/// A client that does only what a test tells it: bytes or packets out, one packet at a time in. It waits for what must
/// come at most <see cref="Patience"/>, and knows that nothing came when a ping is answered first. No packet may be larger
/// than it said it takes [MQTT-3.1.2-24].
/// </summary>
public sealed class RawClient(Stream stream, ProtocolVersion version, Socket? socket = null) : IAsyncDisposable
{
    public static readonly TimeSpan Patience = Eventually.Patience;

    private byte[] _buffer = new byte[4096];
    private int _used;
    private ushort _lastId;
    private long _maximumPacketSize = long.MaxValue;

    public ProtocolVersion Version { get; } = version;

    /// <summary>The answer to <see cref="ConnectAsync"/>.</summary>
    public ConnAckPacket ConnAck { get; private set; } = new(ReasonCode.UnspecifiedError);

    public static async Task<RawClient> OpenAsync(int port, ProtocolVersion version)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawClient(new NetworkStream(socket, ownsSocket: true), version, socket);
    }

    /// <summary>A packet identifier that this client has not used.</summary>
    public ushort NextId() => ++_lastId;

    public async Task ConnectAsync(ConnectPacket packet)
    {
        await SendAsync(packet);
        ConnAck = await ExpectAsync<ConnAckPacket>();
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await stream.WriteAsync(bytes, timeout.Token);
        await stream.FlushAsync(timeout.Token);
    }

    public Task SendAsync(params object[] packets)
    {
        _maximumPacketSize = packets.OfType<ConnectPacket>().FirstOrDefault()?.Properties?.MaximumPacketSize ?? _maximumPacketSize;
        return SendBytesAsync(packets.SelectMany(packet => Wire.Encode(Version, packet)).ToArray());
    }

    /// <summary>The next packet; null when the server has closed the connection.</summary>
    public async Task<object?> ReceiveAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            if (FixedHeader.TryRead(_buffer.AsSpan(0, _used), out var header) == HeaderStatus.Complete && header.TotalLength <= _used)
            {
                Assert.InRange(header.TotalLength, 2, _maximumPacketSize);
                var packet = Wire.Decode(header, _buffer.AsSpan(header.HeaderLength, header.RemainingLength), Version);
                _used -= header.TotalLength;
                Array.Copy(_buffer, header.TotalLength, _buffer, 0, _used);
                return packet;
            }

            if (_used == _buffer.Length)
            {
                Array.Resize(ref _buffer, _used * 2);
            }

            var count = await ReadAsync(timeout.Token);
            if (count == 0)
            {
                Assert.Equal(0, _used);
                return null;
            }

            _used += count;
        }
    }

    public async Task<T> ExpectAsync<T>() => Assert.IsType<T>(await ReceiveAsync());

    /// <summary>What the server answers to one packet.</summary>
    public async Task<T> AnswerAsync<T>(object packet)
    {
        await SendAsync(packet);
        return await ExpectAsync<T>();
    }

    public async Task<AckPacket> ExpectAckAsync(PacketType type, ushort packetId, ReasonCode reason = ReasonCode.Success)
    {
        var ack = await ExpectAsync<AckPacket>();
        Assert.Equal((type, packetId, Version == ProtocolVersion.V500 ? reason : ReasonCode.Success), (ack.Type, ack.PacketId, ack.Reason));
        return ack;
    }

    public async Task<PublishPacket> ExpectMessageAsync(string topic, string payload)
    {
        var message = await ExpectAsync<PublishPacket>();
        Assert.Equal((topic, payload), (message.Topic, System.Text.Encoding.UTF8.GetString(message.Payload)));
        return message;
    }

    /// <summary>Nothing was sent to this client that it has not received yet.</summary>
    public async Task ExpectNothingAsync()
    {
        await SendAsync(PacketType.PingReq);
        Assert.Equal(PacketType.PingResp, await ReceiveAsync());
    }

    /// <summary>The server closes the connection without another word.</summary>
    public async Task ExpectClosedAsync() => Assert.Null(await ReceiveAsync());

    /// <summary>MQTT 5.0: the server says why and closes the connection. Before, it only closes it.</summary>
    public async Task ExpectClosedAsync(ReasonCode reason)
    {
        if (Version == ProtocolVersion.V500)
        {
            Assert.Equal(reason, (await ExpectAsync<DisconnectPacket>()).Reason);
            FinishSending();
        }

        await ExpectClosedAsync();
    }

    public Task<SubAckPacket> SubscribeAsync(string filter, QualityOfService qos = QualityOfService.AtMostOnce) =>
        SubscribeAsync([new SubscriptionRequest(filter, qos)]);

    public async Task<SubAckPacket> SubscribeAsync(SubscriptionRequest[] requests, Properties? properties = null)
    {
        var id = NextId();
        await SendAsync(new SubscribePacket(id, requests, properties));
        var ack = await ExpectAsync<SubAckPacket>();
        Assert.Equal(id, ack.PacketId);
        return ack;
    }

    public async Task<UnsubAckPacket> UnsubscribeAsync(params string[] filters)
    {
        var id = NextId();
        await SendAsync(new UnsubscribePacket(id, filters));
        var ack = await ExpectAsync<UnsubAckPacket>();
        Assert.Equal(id, ack.PacketId);
        return ack;
    }

    /// <summary>Sends a message and returns once the broker has routed it; the reason is that of the PUBACK or PUBREC.</summary>
    public async Task<ReasonCode> PublishAsync(PublishPacket message)
    {
        if (message.QoS == QualityOfService.AtMostOnce)
        {
            await SendAsync(message, PacketType.PingReq);
            Assert.Equal(PacketType.PingResp, await ReceiveAsync());
            return ReasonCode.Success;
        }

        var id = NextId();
        await SendAsync(message with { PacketId = id });
        var ack = await ExpectAsync<AckPacket>();
        Assert.Equal((message.QoS == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec, id), (ack.Type, ack.PacketId));
        if (ack is { Type: PacketType.PubRec, Reason: < ReasonCode.UnspecifiedError })
        {
            await SendAsync(new AckPacket(PacketType.PubRel, id));
            await ExpectAckAsync(PacketType.PubComp, id);
        }

        return ack.Reason;
    }

    /// <summary>Does all that a client owes for a message.</summary>
    public async Task AcknowledgeAsync(PublishPacket message)
    {
        switch (message.QoS)
        {
            case QualityOfService.AtLeastOnce:
                await SendAsync(new AckPacket(PacketType.PubAck, message.PacketId));
                break;
            case QualityOfService.ExactlyOnce:
                await SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
                await ExpectAckAsync(PacketType.PubRel, message.PacketId);
                await SendAsync(new AckPacket(PacketType.PubComp, message.PacketId));
                break;
        }
    }

    public async Task DisconnectAsync(DisconnectPacket? packet = null)
    {
        await SendAsync(packet ?? new DisconnectPacket());
        await ExpectClosedAsync();
    }

    /// <summary>Says that nothing more will come, as a client does that was told to go; the server then need not wait for it.</summary>
    public void FinishSending() => socket?.Shutdown(SocketShutdown.Send);

    /// <summary>Vanishes: the server sees a reset connection.</summary>
    public void Abort()
    {
        socket?.Close(0);
        stream.Dispose();
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(_buffer.AsMemory(_used), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or WebSocketException)
        {
            return 0;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No packet and no end within {Patience.TotalSeconds:0} s");
        }
    }
}
