using Microsoft.Extensions.Logging;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// Writes what happens to clients to the log: what an operator acts on as information, the ordinary coming and going as debug.
/// A client that tries a hundred times a second does not fill the disk: above a limit a second the rest is a number.
/// </summary>
internal sealed partial class ClientEventWriter(ILogger<ClientEventWriter> logger)
{
    private const int LinesPerSecond = 20;
    private const string Nameless = "without an id";

    private readonly Lock _gate = new();
    private long _second;
    private int _lines;
    private int _suppressed;

    public void Write(ClientEvent clientEvent)
    {
        var isOrdinary = clientEvent.Kind is ClientEventKind.Connected or ClientEventKind.Disconnected or ClientEventKind.SessionEnded or ClientEventKind.WillPublished;
        if (!logger.IsEnabled(isOrdinary ? LogLevel.Debug : LogLevel.Information))
        {
            return;
        }

        if (!MayWrite(clientEvent.Time.ToUnixTimeSeconds(), out var suppressed))
        {
            return;
        }

        if (suppressed > 0)
        {
            LogSuppressed(suppressed);
        }

        if (isOrdinary)
        {
            LogOrdinary(clientEvent.ClientId ?? Nameless, clientEvent.Address, clientEvent.Message);
        }
        else
        {
            LogAttention(clientEvent.ClientId ?? Nameless, clientEvent.Address, clientEvent.Message, clientEvent.Reason);
        }
    }

    private bool MayWrite(long second, out int suppressed)
    {
        lock (_gate)
        {
            suppressed = 0;
            if (second != _second)
            {
                _second = second;
                _lines = 0;
                (suppressed, _suppressed) = (_suppressed, 0);
            }

            if (_lines++ < LinesPerSecond)
            {
                return true;
            }

            _suppressed++;
            return false;
        }
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Debug, Message = "Client {ClientId} from {Address}: {Story}")]
    private partial void LogOrdinary(string clientId, string? address, string story);

    [LoggerMessage(EventId = 102, Level = LogLevel.Information, Message = "Client {ClientId} from {Address}: {Story} ({Reason})")]
    private partial void LogAttention(string clientId, string? address, string story, Mqtt.Packets.ReasonCode reason);

    [LoggerMessage(EventId = 103, Level = LogLevel.Information, Message = "{Count} more client events in that second are not written here; the Clients page has the latest")]
    private partial void LogSuppressed(int count);
}
