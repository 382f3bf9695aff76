using System.Text;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// What happened to clients lately, the newest kept. The same refusal that comes again is one event with a count, which
/// moves to the front: a device that tries a hundred times a second pushes nobody else's story out. Thread-safe.
/// </summary>
public sealed class ClientEventLog(BrokerOptions options)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ClientEvent> _events = new();
    private readonly Dictionary<Refusal, LinkedListNode<ClientEvent>> _refusals = [];
    private long _written;

    /// <summary>Events since the start; grows with each, so a viewer knows whether to look again.</summary>
    public long Count => Interlocked.Read(ref _written);

    /// <summary>The newest events that meet a condition, newest first.</summary>
    public IReadOnlyList<ClientEvent> Newest(int max, Func<ClientEvent, bool>? condition = null)
    {
        var found = new List<ClientEvent>();
        lock (_gate)
        {
            for (var node = _events.Last; node is not null && found.Count < max; node = node.Previous)
            {
                if (condition is null || condition(node.Value))
                {
                    found.Add(node.Value);
                }
            }
        }

        return found;
    }

    internal void Add(ClientEvent clientEvent)
    {
        var refusal = Refusal.Of(clientEvent);
        lock (_gate)
        {
            if (refusal is { } again && _refusals.Remove(again, out var known))
            {
                clientEvent = clientEvent with { Times = known.Value.Times + 1, First = known.Value.First };
                _events.Remove(known);
            }

            var node = _events.AddLast(clientEvent);
            if (refusal is { } one)
            {
                _refusals[one] = node;
            }

            if (_events.Count > options.Monitoring.ClientEvents)
            {
                Forget(_events.First!);
            }

            Interlocked.Increment(ref _written);
        }
    }

    private void Forget(LinkedListNode<ClientEvent> oldest)
    {
        _events.Remove(oldest);
        if (Refusal.Of(oldest.Value) is { } refusal)
        {
            _refusals.Remove(refusal);
        }
    }

    /// <summary>What makes two refusals the same: connections by where they came from, subscriptions by whose they are.</summary>
    private readonly record struct Refusal(ClientEventKind Kind, string? Who, ReasonCode Reason, string Cause)
    {
        public static Refusal? Of(ClientEvent one) => one.Kind switch
        {
            ClientEventKind.Refused => new Refusal(one.Kind, one.Host, one.Reason, WithoutFigures(one.Message)),
            ClientEventKind.SubscribeRefused or ClientEventKind.PublishRefused or ClientEventKind.PacketWithheld => new Refusal(one.Kind, one.ClientId, one.Reason, ""),
            _ => null,
        };

        /// <summary>"A packet of 70,000 bytes" and "of 80,000 bytes" are the same thing.</summary>
        private static string WithoutFigures(string message)
        {
            var words = new StringBuilder(message.Length);
            foreach (var character in message)
            {
                if (!char.IsAsciiDigit(character) && character != ',')
                {
                    words.Append(character);
                }
            }

            return words.ToString();
        }
    }
}
