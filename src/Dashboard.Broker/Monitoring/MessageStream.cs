using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// The live messages of one topic filter, in a ring: what came last is there, what came too fast is a number. Dispose it
/// when nobody looks any more.
/// </summary>
public sealed class MessageStream : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MessageStreams _owner;
    private readonly MessageRecord?[] _ring;
    private readonly long _maxBytes;
    private readonly int _rate;
    private readonly int _maxPayload;
    private long _written;
    private int _held;
    private long _bytes;
    private CaptureAllowance _allowance;
    private long _arrived;
    private long _notCaptured;

    internal MessageStream(MessageStreams owner, string filter, MonitoringOptions options)
    {
        _owner = owner;
        Filter = filter;
        _ring = new MessageRecord[options.StreamLength];
        _rate = options.StreamRate;
        _maxPayload = options.MaxPayloadBytes;
        _maxBytes = options.StreamBytes;
    }

    public string Filter { get; }

    /// <summary>Messages that matched since the stream was opened.</summary>
    public long Arrived => Interlocked.Read(ref _arrived);

    /// <summary>Those of them that came faster than the stream captures.</summary>
    public long NotCaptured => Interlocked.Read(ref _notCaptured);

    /// <summary>The captured messages with a sequence above <paramref name="after"/>, newest first, at most <paramref name="max"/>.</summary>
    public IReadOnlyList<MessageRecord> Newest(int max, long after = 0)
    {
        lock (_gate)
        {
            var records = new List<MessageRecord>();
            for (var i = 1; i <= _held && records.Count < max; i++)
            {
                var record = _ring[(_written - i) % _ring.Length]!;
                if (record.Sequence <= after)
                {
                    break;
                }

                records.Add(record);
            }

            return records;
        }
    }

    /// <summary>Lets go of what was captured; the counters go on.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            Array.Clear(_ring);
            _held = 0;
            _bytes = 0;
        }
    }

    public void Dispose() => _owner.Close(this);

    internal bool Matches(Topic topic) => TopicFilter.Matches(Filter, topic.Name);

    internal void Record(long sequence, in OutgoingPublish message, in DeliveryResult result)
    {
        if (IsAllowed(message))
        {
            Capture(sequence, message, result);
        }
        else
        {
            Interlocked.Increment(ref _notCaptured);
        }

        // Last, so that whoever sees the number grow finds the message.
        Interlocked.Increment(ref _arrived);
    }

    private void Capture(long sequence, in OutgoingPublish message, in DeliveryResult result)
    {
        var captured = new CapturedMessage();
        captured.Write(sequence, message, result, _maxPayload);
        var record = captured.Copy(message.Topic.Name);
        lock (_gate)
        {
            if (_held == _ring.Length)
            {
                LetOldestGo();
            }

            _ring[_written++ % _ring.Length] = record;
            _held++;
            _bytes += record.Payload.Length;
            while (_bytes > _maxBytes && _held > 1)
            {
                LetOldestGo();
            }
        }
    }

    private void LetOldestGo()
    {
        ref var oldest = ref _ring[(_written - _held) % _ring.Length];
        _bytes -= oldest!.Payload.Length;
        oldest = null;
        _held--;
    }

    /// <summary>A message whose journey is recorded is captured in any case, so that it can be found; the journeys have their own rate.</summary>
    private bool IsAllowed(in OutgoingPublish message)
    {
        lock (_gate)
        {
            if (_allowance.TryTake(message.ReceivedAt, _rate))
            {
                return true;
            }

            if (message.Journey != 0)
            {
                _allowance.Spend();
            }

            return message.Journey != 0;
        }
    }
}
