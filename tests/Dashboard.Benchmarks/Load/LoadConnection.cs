using System.Buffers.Binary;

namespace Dashboard.Benchmarks.Load;

internal enum LoadStage : byte
{
    Opening,
    Upgrading,
    AwaitsConnAck,
    AwaitsSubAck,
    Ready,
    Closed,
}

/// <summary>One MQTT 3.1.1 client: connects, subscribes when it has something to, and answers what it gets.</summary>
internal sealed class LoadConnection
{
    /// <summary>An <see cref="Index"/>: what it receives is let go.</summary>
    public const int Uncounted = -1;

    private const byte PubAck = 0x40;
    private const byte PubRec = 0x50;
    private const byte PubRel = 0x62;
    private const byte PubComp = 0x70;

    private readonly LoadSocket _socket;
    private readonly WebSocketFrames? _frames;
    private readonly byte[] _connect;
    private readonly byte[]? _subscribe;
    private readonly int _port;
    private byte[] _rest = [];
    private int _restLength;

    public LoadConnection(Poll poll, int id, int port, bool isWebSocket, byte[] connect, byte[]? subscribe)
    {
        _socket = new LoadSocket(poll, id, port);
        _frames = isWebSocket ? new WebSocketFrames() : null;
        _connect = connect;
        _subscribe = subscribe;
        _port = port;
    }

    public LoadStage Stage { get; private set; }

    /// <summary>Its number among the subscribers, or among the publishers.</summary>
    public int Index { get; init; }

    /// <summary>QoS 1 and 2 messages that were published and are not acknowledged.</summary>
    public int Inflight { get; private set; }

    public bool TakesMore => Stage == LoadStage.Ready && !_socket.HasBacklog && _socket.Gathered < 64 * 1024;

    public void Publish(ReadOnlySpan<byte> packet, int qos)
    {
        Inflight += qos > 0 ? 1 : 0;
        Send(packet);
    }

    public void Flush() => _socket.Flush();

    public void OnWritable()
    {
        if (Stage != LoadStage.Opening)
        {
            _socket.Flush();
        }
        else if (_frames is not null)
        {
            Stage = LoadStage.Upgrading;
            _socket.Append(WebSocketFrames.UpgradeRequest(_port));
            _socket.Flush();
        }
        else
        {
            SendConnect();
        }
    }

    /// <summary>Reads once and handles the whole packets.</summary>
    /// <param name="buffer">Shared by all connections; large enough for the largest packet and one read.</param>
    public void OnReadable(byte[] buffer, Arrivals? arrivals)
    {
        var rest = _restLength;
        _rest.AsSpan(0, rest).CopyTo(buffer);
        var read = _socket.Read(buffer.AsSpan(rest));
        if (read == 0)
        {
            if (_socket.IsBroken)
            {
                Close();
            }

            return;
        }

        var bytes = buffer.AsSpan(0, rest + read);
        if (Stage == LoadStage.Upgrading)
        {
            var answer = WebSocketFrames.AnswerLength(bytes);
            if (answer <= 0)
            {
                Keep(bytes);
                Stage = answer < 0 ? LoadStage.Closed : Stage;
                return;
            }

            bytes = bytes[answer..];
            rest = 0;
            SendConnect();
        }

        if (_frames is not null)
        {
            var contents = _frames.Unwrap(bytes[rest..]);
            if (contents < 0)
            {
                Close();
                return;
            }

            bytes = bytes[..(rest + contents)];
        }

        Keep(bytes[Handle(bytes, arrivals)..]);
        if (_socket.Gathered > 0 && !_socket.HasBacklog)
        {
            _socket.Flush();
        }
    }

    public void Leave()
    {
        if (Stage == LoadStage.Ready)
        {
            Send(ClientPackets.Disconnect);
            _socket.Flush();
        }
    }

    public void Close()
    {
        if (Stage != LoadStage.Closed)
        {
            Stage = LoadStage.Closed;
            _socket.Close();
        }
    }

    private void SendConnect()
    {
        Stage = LoadStage.AwaitsConnAck;
        Send(_connect);
        _socket.Flush();
    }

    /// <returns>Bytes of the packets that were handled.</returns>
    private int Handle(ReadOnlySpan<byte> bytes, Arrivals? arrivals)
    {
        var at = 0;
        while (bytes.Length - at >= 2)
        {
            int length = bytes[at + 1];
            var body = at + 2;
            if (length >= 0x80)
            {
                length &= 0x7F;
                for (var shift = 7; ; shift += 7)
                {
                    if (body >= bytes.Length)
                    {
                        return at;
                    }

                    var more = bytes[body++];
                    length |= (more & 0x7F) << shift;
                    if (more < 0x80)
                    {
                        break;
                    }
                }
            }

            if (bytes.Length - body < length)
            {
                return at;
            }

            Handle(bytes[at], bytes.Slice(body, length), arrivals);
            at = body + length;
        }

        return at;
    }

    private void Handle(byte first, ReadOnlySpan<byte> body, Arrivals? arrivals)
    {
        switch (first >> 4)
        {
            case 3:
                OnPublish((first >> 1) & 3, body, arrivals);
                break;
            case 2:
                OnConnAck(body);
                break;
            case 9:
                Stage = body[^1] <= 2 ? LoadStage.Ready : LoadStage.Closed;
                break;
            case 4 or 7:
                Inflight--;
                break;
            case 5:
                Answer(PubRel, body[..2]);
                break;
            case 6:
                Answer(PubComp, body[..2]);
                break;
        }
    }

    private void OnConnAck(ReadOnlySpan<byte> body)
    {
        if (body[1] != 0)
        {
            Close();
        }
        else if (_subscribe is null)
        {
            Stage = LoadStage.Ready;
        }
        else
        {
            Stage = LoadStage.AwaitsSubAck;
            Send(_subscribe);
        }
    }

    private void OnPublish(int qos, ReadOnlySpan<byte> body, Arrivals? arrivals)
    {
        var at = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
        if (qos > 0)
        {
            Answer(qos == 1 ? PubAck : PubRec, body.Slice(at, 2));
            at += 2;
        }

        if (Index != Uncounted)
        {
            arrivals?.Add(Index, body[at..]);
        }
    }

    private void Answer(byte first, ReadOnlySpan<byte> packetId)
    {
        if (_frames is null)
        {
            ClientPackets.Acknowledge(_socket.Append(4), first, packetId);
            return;
        }

        Span<byte> packet = stackalloc byte[4];
        ClientPackets.Acknowledge(packet, first, packetId);
        WebSocketFrames.Append(_socket, packet);
    }

    private void Send(ReadOnlySpan<byte> packet)
    {
        if (_frames is null)
        {
            _socket.Append(packet);
        }
        else
        {
            WebSocketFrames.Append(_socket, packet);
        }
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        _restLength = rest.Length;
        if (rest.Length > _rest.Length)
        {
            _rest = new byte[Math.Max(256, rest.Length * 2)];
        }

        rest.CopyTo(_rest);
    }
}
