using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// The counters, the last value and the recent messages of one topic. The last value is always the newest place of the
/// history: a message that comes faster than the history takes them replaces it instead of taking the next place.
/// </summary>
internal sealed class TopicWatch(Topic topic, MonitoringOptions options, CaptureBudget budget)
{
    private readonly Lock _gate = new();
    private CapturedMessage[] _history = [new()];
    private int _newest;
    private int _used;
    private long _messages;
    private long _bytes;
    private long _notCaptured;
    private long _notHeld;
    private long _lastSequence;
    private long _rankedMessages;
    private long _rankedBytes;
    private CaptureAllowance _allowance;
    private ArrivalPace _pace;

    public string Name => topic.Name;

    public long Messages => Volatile.Read(ref _messages);

    public long Bytes => Volatile.Read(ref _bytes);

    public long LastSequence => Volatile.Read(ref _lastSequence);

    /// <summary>True when its topic was let go; a message on that topic begins a new watch.</summary>
    public bool IsForgotten { get; private set; }

    /// <summary>Streams that match this topic, kept for as long as the streams stay the same.</summary>
    public StreamSelection? Streams { get; set; }

    public void Record(long sequence, in OutgoingPublish message, in DeliveryResult result)
    {
        lock (_gate)
        {
            _messages++;
            _lastSequence = sequence;
            _bytes += message.Payload.Length;
            _pace.Arrived(message.ReceivedAt);
            TakePlace(message.ReceivedAt);
            var place = _history[_newest];
            var before = place.Capacity;
            place.Write(sequence, message, result, budget.MaxPayload(options.MaxPayloadBytes));
            budget.Grow(place.Capacity - before);
        }
    }

    public TopicInfo Info(int maxPayload)
    {
        lock (_gate)
        {
            return new TopicInfo(topic.Name, _messages, _bytes, _notCaptured, _notHeld, _history[_newest].Copy(topic.Name, maxPayload));
        }
    }

    /// <param name="now">Unix milliseconds.</param>
    public TopicPace Pace(long now)
    {
        lock (_gate)
        {
            return _pace.At(now);
        }
    }

    /// <summary>The recent payloads as numbers, oldest first; empty when one of them is none.</summary>
    public double[] Numbers()
    {
        lock (_gate)
        {
            var numbers = new double[_used];
            for (var i = 0; i < _used; i++)
            {
                var text = Place(i).Payload.Trim(" \t\r\n"u8);
                if (!Utf8Parser.TryParse(text, out double value, out var used) || used != text.Length || !double.IsFinite(value))
                {
                    return [];
                }

                numbers[_used - 1 - i] = value;
            }

            return numbers;
        }
    }

    /// <summary>Whether a text stands in the last payload, in any case.</summary>
    /// <param name="maxPayload">Bytes of it that are looked at.</param>
    public bool LastHas(string text, int maxPayload)
    {
        var characters = ArrayPool<char>.Shared.Rent(maxPayload);
        try
        {
            int count;
            lock (_gate)
            {
                var payload = Place(0).Payload;
                count = Encoding.UTF8.GetChars(payload[..Math.Min(payload.Length, maxPayload)], characters);
            }

            return characters.AsSpan(0, count).Contains(text, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    /// <summary>The recent messages, newest first, each with at most <paramref name="maxPayload"/> bytes of its payload.</summary>
    /// <param name="after">Only those with a larger sequence.</param>
    public IReadOnlyList<MessageRecord> History(int maxPayload, long after = 0)
    {
        lock (_gate)
        {
            var records = new List<MessageRecord>();
            for (var i = 0; i < _used && Place(i).Sequence > after; i++)
            {
                records.Add(Place(i).Copy(topic.Name, maxPayload));
            }

            return records;
        }
    }

    /// <summary>Messages and bytes since this was asked last.</summary>
    public (long Messages, long Bytes) SinceLastRanking()
    {
        // Without the lock: a publisher must not wait for it, and a message more or less changes no ranking.
        var (messages, bytes) = (Volatile.Read(ref _messages), Volatile.Read(ref _bytes));
        var since = (messages - _rankedMessages, bytes - _rankedBytes);
        (_rankedMessages, _rankedBytes) = (messages, bytes);
        return since;
    }

    /// <summary>One of the recent messages; null when it is no longer among them.</summary>
    public MessageRecord? Find(long sequence)
    {
        lock (_gate)
        {
            for (var i = 0; i < _used; i++)
            {
                if (Place(i).Sequence == sequence)
                {
                    return Place(i).Copy(topic.Name);
                }
            }

            return null;
        }
    }

    /// <summary>Gives back what it holds.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            IsForgotten = true;
            budget.Grow(-_history.Sum(place => place.Capacity));
            _history = [new CapturedMessage()];
            _newest = 0;
            _used = 0;
        }
    }

    /// <summary>0 is the newest.</summary>
    private CapturedMessage Place(int back) => _history[(_newest - back + _history.Length) % _history.Length];

    /// <summary>The newest place becomes that of a message that comes now: the next one, or the same when the history takes no more.</summary>
    private void TakePlace(long now)
    {
        if (_used == 0)
        {
            _used = 1;
        }
        else if (options.HistoryPerTopic <= 1)
        {
            // It holds nothing but the last message.
        }
        else if (!budget.AllowsHistory)
        {
            _notHeld++;
        }
        else if (!_allowance.TryTake(now, options.HistoryRatePerTopic))
        {
            _notCaptured++;
        }
        else
        {
            Advance();
        }
    }

    private void Advance()
    {
        if (_used == _history.Length && _used < options.HistoryPerTopic)
        {
            // Grows from its oldest end; the newest place is the last one as long as it has never been full.
            var larger = new CapturedMessage[Math.Min(options.HistoryPerTopic, _history.Length * 2)];
            for (var i = 0; i < larger.Length; i++)
            {
                larger[i] = i < _used ? _history[(_newest + 1 + i) % _used] : new CapturedMessage();
            }

            _history = larger;
            _newest = _used - 1;
        }

        _newest = (_newest + 1) % _history.Length;
        _used = Math.Min(_used + 1, _history.Length);
    }
}

/// <summary>The bytes that all captured messages together may hold.</summary>
internal sealed class CaptureBudget(long maxBytes)
{
    private const int PayloadWhenFull = 256;

    private long _held;

    public long Held => Interlocked.Read(ref _held);

    /// <summary>False when the budget is spent: from then on a topic keeps its last message only, and a short part of it.</summary>
    public bool AllowsHistory => Held < maxBytes;

    public int MaxPayload(int wanted) => AllowsHistory ? wanted : Math.Min(wanted, PayloadWhenFull);

    public void Grow(int bytes)
    {
        if (bytes != 0)
        {
            Interlocked.Add(ref _held, bytes);
        }
    }
}
