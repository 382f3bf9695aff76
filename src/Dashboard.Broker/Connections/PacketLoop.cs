using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>
/// Handles as many packets as a read brought. It owns the life of the connection: it begins with CONNECT and does what is
/// left to do when either side has ended it.
/// </summary>
internal sealed class PacketLoop(ClientConnection connection, ConnectionServices services) : IReceiver
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long the goodbye gets to arrive: closing with unread input would reset the connection and lose it.</summary>
    private static readonly TimeSpan LingerTimeout = TimeSpan.FromMilliseconds(250);

    private readonly PublishHandler _publishes = new(connection, services);
    private readonly SubscriptionHandler _subscriptions = new(connection, services);
    private readonly PublishPace? _pace = PublishPace.Of(connection, services);

    public int Announced { get; private set; }

    public async Task RunAsync()
    {
        services.Connections.Add(connection);
        if (Admission.IsFlood(connection, services))
        {
            services.Limits.Count(Limit.MaxConnections, connection.Transport.RemoteAddress, connection.OpenedAt);
            connection.Close(ReasonCode.QuotaExceeded, new EventText(EventCode.CauseFlood));
        }

        else if (services.Access.Bans.Refuse(connection.Address) is { } ban)
        {
            connection.Close(ReasonCode.Banned, ConnectHandshake.Because(ban)); // at the door: nothing of it is read
        }

        try
        {
            await connection.Transport.ReceiveAsync(this).ConfigureAwait(false);
        }
        catch (WebSockets.FrameException exception)
        {
            Malformed(ReasonCode.ProtocolError, exception.Cause);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The other end has gone without a word; what follows is the same as for an orderly end.
        }

        await EndAsync().ConfigureAwait(false);
    }

    public ReceiveResult Receive(ref ReadOnlySequence<byte> buffer, DeliveryBatch batch)
    {
        Announced = 0;
        batch.Now = services.Time.GetUtcNow().ToUnixTimeMilliseconds();
        if (connection.ClientId is null && IsForeign(buffer.FirstSpan, out var known))
        {
            Malformed(ReasonCode.ProtocolError, known);
        }
        else
        {
            connection.BytesReceived += HandleWhole(ref buffer, batch);
        }

        return connection.IsClosing ? ReceiveResult.Done : !connection.TakesPackets ? ReceiveResult.Pause : _pace is { IsHeldBack: true } ? _pace.Pause() : ReceiveResult.More;
    }

    /// <summary>Notes how the connection begins, and recognises what is not MQTT.</summary>
    private bool IsForeign(ReadOnlySpan<byte> start, [NotNullWhen(true)] out EventText? known)
    {
        connection.Opening = start[..Math.Min(start.Length, ClientEvent.OpeningBytes)].ToArray();
        known = ForeignProtocol.Recognise(start);
        return known is not null;
    }

    /// <summary>Handles the whole packets at the start of the buffer and returns how many bytes they took.</summary>
    private long HandleWhole(ref ReadOnlySequence<byte> buffer, DeliveryBatch batch)
    {
        var taken = 0L;
        while (!buffer.IsEmpty && connection.TakesPackets)
        {
            var within = HandleWithin(buffer.FirstSpan, batch);
            taken += within;
            buffer = buffer.Slice(within);
            if (buffer.IsEmpty || !connection.TakesPackets || !TryHandleAcross(ref buffer, batch, out var across))
            {
                break;
            }

            taken += across;
        }

        return taken;
    }

    /// <summary>The common case: packets that lie in one segment of the buffer.</summary>
    private int HandleWithin(ReadOnlySpan<byte> segment, DeliveryBatch batch)
    {
        var at = 0;
        while (connection.TakesPackets
            && FixedHeader.TryRead(segment[at..], out var header) == HeaderStatus.Complete
            && header.TotalLength <= segment.Length - at
            && (_pace is null || _pace.Allows(header.Type, batch.Now)))
        {
            Handle(header, segment.Slice(at, header.TotalLength), batch);
            at += header.TotalLength;
        }

        return at;
    }

    /// <summary>A packet that crosses segments is put together in a rented buffer.</summary>
    /// <returns>False when the packet is not complete yet, or cannot be accepted.</returns>
    private bool TryHandleAcross(ref ReadOnlySequence<byte> buffer, DeliveryBatch batch, out int length)
    {
        length = 0;
        switch (FixedHeader.TryRead(buffer, out var header))
        {
            case HeaderStatus.NeedMore:
                return false;
            case HeaderStatus.Malformed:
                Malformed(ReasonCode.MalformedPacket, new EventText(EventCode.CauseLength));
                return false;
        }

        if (!IsAcceptable(header))
        {
            return false;
        }

        Announced = header.TotalLength;
        if (buffer.Length < header.TotalLength || _pace?.Allows(header.Type, batch.Now) == false)
        {
            return false;
        }

        var rented = ArrayPool<byte>.Shared.Rent(header.TotalLength);
        buffer.Slice(0, header.TotalLength).CopyTo(rented);
        Handle(header, rented.AsSpan(0, header.TotalLength), batch);
        ArrayPool<byte>.Shared.Return(rented);
        buffer = buffer.Slice(header.TotalLength);
        length = header.TotalLength;
        return true;
    }

    /// <summary>Judges a packet by its first bytes, before anything is held for it.</summary>
    private bool IsAcceptable(in FixedHeader header)
    {
        var isFirst = connection.Session is null;
        if (isFirst && header.Type != PacketType.Connect && connection.Authentication is null)
        {
            // [MQTT-3.1.0-1]
            Malformed(ReasonCode.ProtocolError, new EventText(EventCode.CauseNotConnect, Name(header.Type)));
            return false;
        }

        if (header.TotalLength > (isFirst ? services.Options.MaxConnectPacketSize : services.Options.MaxPacketSize))
        {
            services.Limits.Count(isFirst ? Limit.MaxConnectPacketSize : Limit.MaxPacketSize, connection.ClientId ?? connection.Transport.RemoteAddress, connection.LastReceived);
            Malformed(ReasonCode.PacketTooLarge, new EventText(EventCode.CauseTooLarge, header.TotalLength));
            return false;
        }

        return true;
    }

    private void Handle(in FixedHeader header, ReadOnlySpan<byte> packet, DeliveryBatch batch)
    {
        var body = packet[header.HeaderLength..];
        connection.PacketsReceived++;
        connection.Received(batch.Now);
        if (connection.Session is null)
        {
            connection.FirstPacket = services.Connections.Taps.Any ? packet.ToArray() : null;
            HandleFirst(header, body, batch);
            return;
        }

        connection.Tap?.Received(packet, connection.Version);

        if (!IsAcceptable(header))
        {
            return;
        }

        if (connection.Version == ProtocolVersion.V500 && !header.UsesFewestBytes)
        {
            Malformed(ReasonCode.MalformedPacket, new EventText(EventCode.CauseNotShortest)); // [MQTT-1.5.5-1]
            return;
        }

        if (header.Type == PacketType.Publish)
        {
            connection.PublishesReceived++;
            _publishes.HandlePublish(header.Flags, body, batch);
            return;
        }

        HandleOther(header, body, batch);
    }

    private void HandleFirst(in FixedHeader header, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (!IsAcceptable(header))
        {
            return;
        }

        if (connection.Authentication is { } authentication)
        {
            authentication.HandleEarly(header, body, batch);
            return;
        }

        if (!HeaderFlags.AreValid(PacketType.Connect, header.Flags, ProtocolVersion.V311))
        {
            Malformed(ReasonCode.MalformedPacket, new EventText(EventCode.CauseReserved)); // [MQTT-2.1.3-1] [MQTT-2.2.2-2, 3.1.1]
            return;
        }

        ConnectHandshake.Handle(connection, services, body, batch);
    }

    private void HandleOther(in FixedHeader header, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (!HeaderFlags.AreValid(header.Type, header.Flags, connection.Version))
        {
            Malformed(ReasonCode.MalformedPacket, new EventText(EventCode.CauseFlags, Name(header.Type))); // [MQTT-2.1.3-1] [MQTT-2.2.2-2, 3.1.1]
            return;
        }

        switch (header.Type)
        {
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                _publishes.HandleAck(header.First, body, batch);
                break;
            case PacketType.Subscribe:
                _subscriptions.HandleSubscribe(header.Flags, body, batch);
                break;
            case PacketType.Unsubscribe:
                _subscriptions.HandleUnsubscribe(header.Flags, body, batch);
                break;
            case PacketType.PingReq when body.IsEmpty:
                connection.Send([(byte)PacketType.PingResp << 4, 0], default, batch); // [MQTT-3.12.4-1]
                break;
            case PacketType.Disconnect:
                HandleDisconnect(header.Flags, body);
                break;
            case PacketType.Connect:
                Malformed(ReasonCode.ProtocolError, new EventText(EventCode.CauseSecondConnect)); // [MQTT-3.1.0-2] [MQTT-3.2.0-2]
                break;
            case PacketType.Auth when connection.Authentication is { } authentication:
                authentication.HandleAuth(header.Flags, body, batch);
                break;
            case PacketType.Auth when connection.Version == ProtocolVersion.V500:
                var isWellFormed = PacketDecoder.TryReadAuth(header.Flags, body, out _, out var error);
                Malformed(isWellFormed ? new Closing(ReasonCode.ProtocolError, new EventText(EventCode.CauseAuth)) : error); // [MQTT-4.12.0-7]
                break;
            case PacketType.ConnAck or PacketType.SubAck or PacketType.UnsubAck or PacketType.PingResp:
                Malformed(ReasonCode.ProtocolError, new EventText(EventCode.CauseNotFromClient, Name(header.Type)));
                break;
            default:
                Malformed(ReasonCode.MalformedPacket, new EventText(EventCode.CauseNoSuchType, (byte)header.Type, header.RemainingLength));
                break;
        }
    }

    private void HandleDisconnect(byte flags, ReadOnlySpan<byte> body)
    {
        if (!PacketDecoder.TryReadDisconnect(flags, body, connection.Version, out var packet, out var error))
        {
            Malformed(error);
            return;
        }

        if (packet.Properties?.SessionExpiryInterval is { } expiry)
        {
            if (expiry > 0 && connection.Session!.Lifetime.ExpiryInterval == 0)
            {
                // Section 3.14.2.2.2
                Malformed(ReasonCode.ProtocolError, new EventText(EventCode.CauseExpiry));
                return;
            }

            connection.LastExpiryInterval = ConnectHandshake.LimitExpiry(expiry, connection, services);
        }

        connection.IsWillForgotten = packet.Reason == ReasonCode.Success; // [MQTT-3.14.4-3]
        connection.CloseQuietly();
    }

    private void Malformed(ReasonCode reason, EventText cause) => Malformed(new Closing(reason, cause));

    private void Malformed(Closing error)
    {
        services.Connections.CountProtocolError();
        connection.Close(error); // [MQTT-4.13.1-1] [MQTT-4.8.0-1, 3.1.1]
    }

    private static string Name(PacketType type) => type.ToString().ToUpperInvariant();

    private async Task EndAsync()
    {
        connection.CloseQuietly();
        if (connection.Session is { } session)
        {
            services.Sessions.Close(session, connection, !connection.IsWillForgotten, connection.LastExpiryInterval);
        }

        ConnectionStory.Tell(connection, services);
        _pace?.Dispose();
        connection.Authentication?.Dispose();
        try
        {
            await connection.DrainAsync().WaitAsync(DrainTimeout).ConfigureAwait(false);
            if (connection.HasLastWord)
            {
                await connection.Transport.LingerAsync(LettingGo.Instance, LingerTimeout).ConfigureAwait(false);
            }

            await connection.Transport.CloseAsync().ConfigureAwait(false); // [MQTT-3.14.4-2]
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or OperationCanceledException or InvalidOperationException)
        {
            connection.Transport.Abort();
        }

        services.Connections.Remove(connection);
    }
}
