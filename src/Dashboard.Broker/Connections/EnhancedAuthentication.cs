using System.Buffers;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>
/// The AUTH packets of one connection (section 4.12): before its CONNACK and, when the client authenticates again, later.
/// A method may take its time; nothing more is read from the client until it has answered, so all of this happens one
/// after the other.
/// </summary>
internal sealed class EnhancedAuthentication(IEnhancedAuthentication method, ConnectPacket connect, ClientConnection connection, ConnectionServices services) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private AuthenticationRequest? _request;
    private IAuthenticationExchange? _exchange;
    private long _begunAt = long.MaxValue;
    private volatile bool _isBusy;

    /// <summary>Whether the method has not answered yet.</summary>
    public bool IsBusy => _isBusy;

    /// <summary>Begins with what CONNECT brought.</summary>
    public void Begin(DeliveryBatch batch) => Begin(connect.Properties?.AuthenticationData, isAgain: false, batch);

    /// <summary>A packet that came before the CONNACK.</summary>
    public void HandleEarly(in FixedHeader header, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (header.Type == PacketType.Disconnect)
        {
            connection.Close(ReasonCode.UnspecifiedError, new EventText(EventCode.CauseLeftAuth));
        }
        else if (header.Type != PacketType.Auth)
        {
            Refuse(ReasonCode.ProtocolError, new EventText(EventCode.CauseEarly, header.Type.ToString().ToUpperInvariant())); // [MQTT-3.1.2-30]
        }
        else
        {
            HandleAuth(header.Flags, body, batch);
        }
    }

    public void HandleAuth(byte flags, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (!PacketDecoder.TryReadAuth(flags, body, out var packet, out var error))
        {
            Refuse(error.Reason, EventText.Of(error));
        }
        else if (packet.Properties?.AuthenticationMethod != method.Method)
        {
            Refuse(ReasonCode.BadAuthenticationMethod, new EventText(EventCode.CauseOtherMethod)); // [MQTT-4.12.0-5] [MQTT-4.12.1-1]
        }
        else if (packet.Reason == ReasonCode.ContinueAuthentication && _exchange is not null)
        {
            Continue(packet.Properties.AuthenticationData, batch); // [MQTT-4.12.0-3]
        }
        else if (packet.Reason == ReasonCode.ReAuthenticate && _exchange is null && connection.Session is not null)
        {
            Begin(packet.Properties.AuthenticationData, isAgain: true, batch);
        }
        else
        {
            Refuse(ReasonCode.ProtocolError, new EventText(EventCode.CauseAuthTurn, $"0x{(byte)packet.Reason:X2}"));
        }
    }

    /// <summary>Closes a connection whose exchange takes longer than a CONNECT may.</summary>
    public void CloseIfOverdue(long now)
    {
        if (now - _begunAt > services.Options.ConnectTimeout.TotalMilliseconds)
        {
            services.Limits.Count(Limit.ConnectTimeout, connection.ClientId, now);
            Refuse(ReasonCode.NotAuthorized, new EventText(EventCode.CauseAuthTime, (long)services.Options.ConnectTimeout.TotalSeconds));
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    private void Begin(byte[]? data, bool isAgain, DeliveryBatch batch)
    {
        _request = new AuthenticationRequest(connection.ClientId!, connect.UserName, connection.Transport.RemoteAddress, isAgain);
        Volatile.Write(ref _begunAt, batch.Now);
        Continue(data, batch);
    }

    private void Continue(byte[]? data, DeliveryBatch batch)
    {
        var asked = AskAsync(data);
        if (asked.IsCompletedSuccessfully)
        {
            Apply(asked.Result, batch);
            return;
        }

        _isBusy = true;
        _ = FinishAsync(asked);
    }

    private async ValueTask<AuthenticationAnswer> AskAsync(byte[]? data)
    {
        try
        {
            var exchange = _exchange ??= method.Begin(_request!);
            return await exchange.ContinueAsync(data, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The method is not ours, and its trouble is that of this client only.
            return AuthenticationAnswer.Failed(new EventText(EventCode.CauseAuthFailed, exception.GetType().Name));
        }
    }

    private async Task FinishAsync(ValueTask<AuthenticationAnswer> asked)
    {
        var answer = await asked.ConfigureAwait(false);
        var batch = new DeliveryBatch { Now = services.Time.GetUtcNow().ToUnixTimeMilliseconds() };
        if (!connection.IsClosing)
        {
            Apply(answer, batch);
            batch.Flush();
            if (connection is { IsClosing: true, Session: { } session })
            {
                services.Sessions.Close(session, connection, publishWill: true, expiryInterval: null); // Its end may have come before it had a session.
            }
        }

        _isBusy = false;
        connection.Transport.ResumeReceiving();
    }

    private void Apply(AuthenticationAnswer answer, DeliveryBatch batch)
    {
        switch (answer.Reason)
        {
            case ReasonCode.ContinueAuthentication:
                Send(answer, batch); // [MQTT-4.12.0-2]
                break;
            case ReasonCode.Success:
                _exchange = null;
                Volatile.Write(ref _begunAt, long.MaxValue);
                LetIn(answer, batch);
                break;
            default:
                Refuse(answer.Reason, answer.Cause!); // [MQTT-4.12.0-4] [MQTT-4.12.1-2]
                break;
        }
    }

    private void LetIn(AuthenticationAnswer answer, DeliveryBatch batch)
    {
        if (connection.Session is not null)
        {
            Send(answer, batch);
            return;
        }

        connection.Answer!.AuthenticationMethod = method.Method; // [MQTT-4.12.0-5]
        connection.Answer.AuthenticationData = answer.Data;
        ConnectHandshake.Finish(connection, services, connect, batch);
    }

    private void Send(AuthenticationAnswer answer, DeliveryBatch batch)
    {
        var output = new ArrayBufferWriter<byte>(64);
        // without words that could make it too large [MQTT-3.15.2-2] [MQTT-3.15.2-3]
        PacketEncoder.Write(output, ProtocolVersion.V500, new AuthPacket(answer.Reason, new Properties { AuthenticationMethod = method.Method, AuthenticationData = answer.Data })); // [MQTT-4.12.0-5]
        if (output.WrittenCount > connection.MaximumPacketSize)
        {
            Refuse(ReasonCode.PacketTooLarge, new EventText(EventCode.CauseNoAuthFits, connection.MaximumPacketSize)); // [MQTT-3.1.2-24]
            return;
        }

        connection.Send(output.WrittenSpan, default, batch);
    }

    private void Refuse(ReasonCode reason, EventText cause)
    {
        if (reason is ReasonCode.ProtocolError or ReasonCode.MalformedPacket)
        {
            services.Connections.CountProtocolError();
        }

        if (connection.Session is null)
        {
            connection.Refuse(ProtocolVersion.V500, new Closing(reason, cause));
        }
        else
        {
            connection.Close(reason, cause);
        }
    }
}
