using System.Buffers;
using System.Net;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>One network connection: what is known of the client, its outbox, and how it ends. Packets are read by <see cref="PacketLoop"/>.</summary>
internal sealed class ClientConnection : IClientConnection, IOutboxOwner
{
    private readonly ConnectionServices _services;
    private readonly Outbox _outbox;
    private long _lastReceived;
    private volatile IPacketTap? _tap;
    private int _closing;
    private int _hasToldOfSize;

    /// <summary>Null for a client that takes no topic aliases [MQTT-3.1.2-27].</summary>
    private OutgoingAliases? _aliases;

    public ClientConnection(ITransport transport, ConnectionServices services)
    {
        Transport = transport;
        Address = ConnectionsPerAddress.AddressOf(transport.RemoteAddress);
        _services = services;
        _outbox = new Outbox(transport, services.Chunks, services.Options.MaxOutboxBytes, this);
        OpenedAt = _lastReceived = services.Time.GetUtcNow().ToUnixTimeMilliseconds();
    }

    public ITransport Transport { get; }

    /// <summary>The other end, without its port.</summary>
    public IPAddress Address { get; }

    /// <summary>Unix milliseconds.</summary>
    public long OpenedAt { get; }

    public ProtocolVersion Version { get; private set; } = ProtocolVersion.V311;

    /// <summary>Null until the CONNECT was accepted.</summary>
    public Session? Session { get; private set; }

    public string? ClientId { get; private set; }

    public string? UserName { get; private set; }

    /// <summary>Who looks at the packets of this connection; null as a rule.</summary>
    public IPacketTap? Tap
    {
        get => _tap;
        set
        {
            _tap = value;
            _outbox.IsWatched = value is not null;
        }
    }

    /// <summary>The first bytes that came, until it is a client; see <see cref="ClientEvent.Opening"/>.</summary>
    public byte[]? Opening { get; set; }

    /// <summary>Something came, but no whole packet.</summary>
    public bool HasBegun => Opening is { Length: > 0 } && PacketsReceived == 0;

    /// <summary>The CONNECT, while it is not known yet whether somebody wants to see it.</summary>
    public byte[]? FirstPacket { get; set; }

    /// <summary>Seconds; 0 means never. What the server asked for, when it asked.</summary>
    public ushort KeepAlive { get; private set; }

    public int ReceiveMaximum { get; private set; }

    public long MaximumPacketSize { get; private set; } = long.MaxValue;

    /// <summary>Null for a client that named no authentication method.</summary>
    public EnhancedAuthentication? Authentication { get; set; }

    /// <summary>Topics that the client gave numbers to; null until it gives the first.</summary>
    public Dictionary<ushort, Topic>? TopicAliases { get; set; }

    public long PacketsReceived { get; set; }

    public long PublishesReceived { get; set; }

    public long BytesReceived { get; set; }

    /// <summary>Publishes that the access rules or a check refused.</summary>
    public long PublishesRefused { get; set; }

    /// <summary>True when the client said goodbye without asking for its will.</summary>
    public bool IsWillForgotten { get; set; }

    /// <summary>Session expiry that came with DISCONNECT, in seconds.</summary>
    public uint? LastExpiryInterval { get; set; }

    public bool IsClosing => Volatile.Read(ref _closing) != 0;

    /// <summary>Whether the next packet may be handled: none after a refusal [MQTT-3.1.4-6] [MQTT-3.1.4-5, 3.1.1].</summary>
    public bool TakesPackets => !IsClosing && Authentication is not { IsBusy: true };

    /// <summary>True when the client was told why it is closed, so that the word should get the time to arrive.</summary>
    public bool HasLastWord { get; private set; }

    /// <summary>Why the broker closed the connection; null while it has not.</summary>
    public Closing? CloseReason { get; private set; }

    public bool HasRoom => _outbox.HasRoom;

    public int OutboxBytes => _outbox.Waiting;

    /// <summary>Unix milliseconds of the last packet.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    public Traffic Traffic => new(PacketsReceived, PublishesReceived, BytesReceived, _outbox.Packets, _outbox.Publishes, _outbox.Bytes);

    /// <summary>Reads packets until the connection ends, whoever ends it.</summary>
    public Task RunAsync() => new PacketLoop(this, _services).RunAsync();

    /// <summary>Notes what a CONNECT said, before it is answered.</summary>
    public void Identify(ConnectPacket connect, string clientId, ushort keepAlive)
    {
        ClientId = clientId;
        UserName = connect.UserName;
        Version = connect.Version;
        FindTap(clientId);
        KeepAlive = keepAlive;
        ReceiveMaximum = Math.Min(connect.Properties?.ReceiveMaximum ?? ushort.MaxValue, _services.Options.MaxInflight);
        MaximumPacketSize = connect.Properties?.MaximumPacketSize ?? long.MaxValue;
        if (Math.Min(connect.Properties?.TopicAliasMaximum ?? 0, _services.Options.OutgoingTopicAliases) is > 0 and var aliases)
        {
            _aliases = new OutgoingAliases(aliases);
        }

        Answer = ConnAckFactory.For(connect, clientId, keepAlive, _services.Options);
    }

    /// <summary>Whether the client takes a CONNACK of what it has to be told; what it may do without is left out for that.</summary>
    public bool TryFitAnswer() => Answer is null || ConnAckFactory.TryFit(Answer, MaximumPacketSize);

    /// <summary>What goes into a successful CONNACK.</summary>
    public Properties? Answer { get; private set; }

    public void Accept(Session session, bool sessionPresent, DeliveryBatch batch)
    {
        Session = session;
        Opening = null;
        SendPacket(output => PacketEncoder.Write(output, Version, new ConnAckPacket(ReasonCode.Success, sessionPresent, Answer)), batch); // [MQTT-3.1.4-5] [MQTT-3.1.4-4, 3.1.1]
        Answer = null;
    }

    /// <summary>Answers a CONNECT that cannot be accepted, and closes [MQTT-3.2.2-7] [MQTT-3.2.2-5, 3.1.1].</summary>
    /// <param name="error">With a reason that CONNACK has [MQTT-3.2.2-8].</param>
    /// <param name="word">What CONNACK says when that is not the reason itself.</param>
    public void Refuse(ProtocolVersion version, Closing error, ReasonCode? word = null)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        CloseReason = error;
        var reason = word ?? error.Reason;
        SendLast(
            output => PacketEncoder.Write(output, version, new ConnAckPacket(reason, false, version == ProtocolVersion.V500 ? new Properties { ReasonString = error.Message } : null)),
            output => PacketEncoder.Write(output, version, new ConnAckPacket(reason))); // [MQTT-3.2.2-19] [MQTT-3.2.2-20]
    }

    public void Close(ReasonCode reason, EventText cause) => Close(new Closing(reason, cause));

    /// <param name="error">With a reason that DISCONNECT has [MQTT-3.14.2-1].</param>
    public void Close(Closing error)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        CloseReason = error;
        if (Version == ProtocolVersion.V500 && Session is not null)
        {
            // [MQTT-3.14.0-1], with nothing but a reason string [MQTT-3.14.2-2]
            SendLast(
                output => PacketEncoder.Write(output, Version, new DisconnectPacket(error.Reason, new Properties { ReasonString = error.Message })),
                output => PacketEncoder.Write(output, Version, new DisconnectPacket(error.Reason))); // [MQTT-3.14.2-3] [MQTT-3.14.2-4]
        }
        else
        {
            Transport.StopReceiving();
        }
    }

    /// <summary>Notes that the client itself ended the connection with DISCONNECT.</summary>
    public void CloseQuietly() => Interlocked.Exchange(ref _closing, 1);

    public void CloseIfSilent(long now)
    {
        var silent = now - LastReceived;
        Authentication?.CloseIfOverdue(now);
        if (Session is null)
        {
            if (Authentication is null && now - OpenedAt > _services.Options.ConnectTimeout.TotalMilliseconds)
            {
                _services.Limits.Count(Limit.ConnectTimeout, Transport.RemoteAddress, now);
                Close(ReasonCode.KeepAliveTimeout, new EventText(HasBegun ? EventCode.CauseConnectCut : EventCode.CauseNoConnect, (long)_services.Options.ConnectTimeout.TotalSeconds));
            }
        }
        else if (KeepAlive > 0 && silent > KeepAlive * 1500L)
        {
            // [MQTT-3.1.2-22] [MQTT-3.1.2-24, 3.1.1]
            Close(ReasonCode.KeepAliveTimeout, new EventText(EventCode.CauseSilent, silent / 1000, KeepAlive));
        }
    }

    public bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch) =>
        (!_services.Memory.IsHigh || _outbox.Waiting < MemoryGuard.SlowAt) && Write(head, payload, batch, mayDrop: true);

    public void Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch)
    {
        if (head.Length + payload.Length > MaximumPacketSize)
        {
            NoteTooLarge(head, head.Length + payload.Length); // [MQTT-3.1.2-24]
            return;
        }

        Write(head, payload, batch, mayDrop: false);
        if (_outbox.Waiting > 4L * _services.Options.MaxOutboxBytes)
        {
            // Acknowledgements alone cannot fill it unless the client sends and never reads.
            _services.Limits.Count(Limit.MaxOutboxBytes, ClientId, LastReceived);
            Abort(new Closing(ReasonCode.QuotaExceeded, new EventText(EventCode.CauseNotReading)));
        }
    }

    /// <summary>Sends a packet that is not worth a hand-written encoding.</summary>
    public void SendPacket(Action<IBufferWriter<byte>> write, DeliveryBatch batch)
    {
        var output = new ArrayBufferWriter<byte>(64);
        write(output);
        Send(output.WrittenSpan, default, batch);
    }

    public void Received(long now) => Volatile.Write(ref _lastReceived, now);

    public Task DrainAsync() => _outbox.CloseAsync();

    public void OutboxHasRoom()
    {
        if (Session is { } session)
        {
            var batch = new DeliveryBatch { Now = _services.Time.GetUtcNow().ToUnixTimeMilliseconds() };
            session.Outbound.Continue(batch);
            batch.Flush();
        }
    }

    public void OutboxFailed() => Transport.Abort();

    public void Written(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload) => _tap?.Sent(head, payload, Version);

    private void FindTap(string clientId)
    {
        Interlocked.MemoryBarrier(); // see PacketTaps.Set
        if (_services.Connections.Taps.Of(clientId) is { } tap)
        {
            Tap = tap;
            tap.Received(FirstPacket, Version);
        }

        FirstPacket = null;
    }

    private void Abort(Closing error)
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            CloseReason = error;
        }

        Transport.Abort();
    }

    private bool Write(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch, bool mayDrop) =>
        _aliases is { } aliases && head[0] >> 4 == (int)PacketType.Publish
            ? aliases.TryWrite(_outbox, head, payload, MaximumPacketSize, batch, mayDrop)
            : _outbox.TryWrite(head, payload, batch, mayDrop);

    /// <summary>A packet that the client does not take counts as sent; told once a connection.</summary>
    private void NoteTooLarge(ReadOnlySpan<byte> head, int length)
    {
        if (Interlocked.Exchange(ref _hasToldOfSize, 1) == 0)
        {
            var cause = new EventText(EventCode.PacketWithheld, ((PacketType)(head[0] >> 4)).ToString().ToUpperInvariant(), length, MaximumPacketSize);
            _services.Observer.ClientEvent(new ClientEvent(_services.Time.GetUtcNow(), ClientEventKind.PacketWithheld, ClientId, Transport.RemoteAddress, ReasonCode.PacketTooLarge, cause));
        }
    }

    /// <summary>Says goodbye in full, in short when the client does not take packets of that size, or not at all.</summary>
    private void SendLast(Action<IBufferWriter<byte>> write, Action<IBufferWriter<byte>> writeShort)
    {
        var output = new ArrayBufferWriter<byte>(64);
        write(output);
        if (output.WrittenCount > MaximumPacketSize)
        {
            output.Clear();
            writeShort(output);
        }

        if (output.WrittenCount <= MaximumPacketSize)
        {
            HasLastWord = true;
            var batch = new DeliveryBatch();
            _outbox.WriteLast(output.WrittenSpan, batch);
            batch.Flush();
        }

        Transport.StopReceiving(); // whether the word was sent or not [MQTT-4.13.2-1]
    }
}
