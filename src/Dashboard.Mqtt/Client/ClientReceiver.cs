using System.Threading.Channels;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Client;

/// <summary>The read loop of a client: hands every packet to the one who waits for it.</summary>
internal sealed class ClientReceiver(MqttClientOptions options, Stream stream, ClientOutput output, PendingReplies pending)
{
    private readonly ClientInput _input = new(stream, options.Connect.Version);
    private readonly IncomingMessages _messages = new(options, output);
    private readonly TaskCompletionSource<ConnAckPacket> _connAck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DisconnectPacket?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DisconnectPacket? _goodbye;
    private int _pingsUnanswered;
    private volatile bool _isHandingOn;

    public Task<ConnAckPacket> ConnAck => _connAck.Task;

    public Task<DisconnectPacket?> Closed => _closed.Task;

    public ChannelReader<PublishPacket> Messages => _messages.Reader;

    /// <summary>False when the last PINGREQ is still without an answer although the network has been read.</summary>
    public bool ExpectPingResponse()
    {
        if (_isHandingOn)
        {
            Volatile.Write(ref _pingsUnanswered, 0);
            return true;
        }

        return Interlocked.Exchange(ref _pingsUnanswered, 1) == 0;
    }

    /// <summary>Reads on to the end of the stream, but hands no more messages on.</summary>
    public void StopMessages() => _messages.Complete();

    public async Task RunAsync()
    {
        try
        {
            while (_goodbye is null && await _input.ReadAsync().ConfigureAwait(false) is { } packet)
            {
                _isHandingOn = true;
                await HandleAsync(packet).ConfigureAwait(false);
                _isHandingOn = false;
            }
        }
        catch (InvalidDataException invalid)
        {
            _connAck.TrySetException(new IOException(invalid.Message, invalid));
        }
        catch (Exception broken) when (ClientInput.IsBrokenStream(broken))
        {
            _connAck.TrySetException(new IOException("the connection broke before CONNACK", broken));
        }
        finally
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            _connAck.TrySetException(new IOException("the server closed the connection without CONNACK"));
            pending.Close();
            _messages.Complete();
            _closed.TrySetResult(_goodbye);
        }
    }

    private async ValueTask HandleAsync(object packet)
    {
        switch (packet)
        {
            case PublishPacket message:
                await _messages.AddAsync(message).ConfigureAwait(false);
                break;
            case AckPacket { Type: PacketType.PubRel } release:
                await _messages.ReleaseAsync(release.PacketId).ConfigureAwait(false);
                break;
            case AckPacket { Type: PacketType.PubRec, Reason: < ReasonCode.UnspecifiedError } received:
                // [MQTT-4.3.3-4]
                await output.TrySendAsync(new AckPacket(PacketType.PubRel, received.PacketId), PacketEncoder.Write).ConfigureAwait(false);
                break;
            case AckPacket ack:
                pending.Complete(ack.PacketId, ack);
                break;
            case SubAckPacket ack:
                pending.Complete(ack.PacketId, ack);
                break;
            case UnsubAckPacket ack:
                pending.Complete(ack.PacketId, ack);
                break;
            case ConnAckPacket connAck:
                _connAck.TrySetResult(connAck);
                break;
            case DisconnectPacket goodbye:
                _goodbye = goodbye;
                break;
            case PacketType.PingResp:
                Interlocked.Exchange(ref _pingsUnanswered, 0);
                break;
        }
    }
}
