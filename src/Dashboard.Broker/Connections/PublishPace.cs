using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>
/// Holds a client to <see cref="BrokerOptions.MaxPublishRate"/>. By default by reading no further until it may publish
/// again, which TCP passes on to it; the standard has a word for the other way, 0x96.
/// </summary>
internal sealed class PublishPace : IDisposable
{
    private readonly ClientConnection _connection;
    private readonly ConnectionServices _services;
    private readonly PublishAllowance _allowance;
    private readonly ITimer _timer;

    private PublishPace(ClientConnection connection, ConnectionServices services)
    {
        _connection = connection;
        _services = services;
        _allowance = new PublishAllowance(services.Options.MaxPublishRate, services.Options.PublishBurst);
        _timer = services.Time.CreateTimer(_ => connection.Transport.ResumeReceiving(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the next message of the client waits for its time.</summary>
    public bool IsHeldBack { get; private set; }

    /// <summary>Null when there is no limit.</summary>
    public static PublishPace? Of(ClientConnection connection, ConnectionServices services) =>
        services.Options.MaxPublishRate > 0 ? new PublishPace(connection, services) : null;

    public bool Allows(PacketType type, long now)
    {
        if (IsHeldBack || type != PacketType.Publish || _connection.IsClosing || _allowance.TryTake(now))
        {
            return !IsHeldBack;
        }

        _services.Limits.Count(Limit.MaxPublishRate, _connection.ClientId, now);
        if (_services.Options.PublishRatePolicy == PublishRatePolicy.Disconnect)
        {
            _connection.Close(ReasonCode.MessageRateTooHigh, new EventText(EventCode.CauseRate, _services.Options.MaxPublishRate));
        }
        else
        {
            IsHeldBack = true;
        }

        return false;
    }

    /// <summary>The transport hands over again what was left, once there is a message to spare.</summary>
    public ReceiveResult Pause()
    {
        IsHeldBack = false;
        _timer.Change(_allowance.Wait, Timeout.InfiniteTimeSpan);
        return ReceiveResult.Pause;
    }

    public void Dispose() => _timer.Dispose();
}
