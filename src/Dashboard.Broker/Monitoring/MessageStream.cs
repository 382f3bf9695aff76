using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// The live messages of one filter, in a ring: what came last is there, what came too fast is a number. What the filter asks
/// of payloads is asked of copies on the thread pool, so the message does not wait for the answer. Dispose it when nobody
/// looks any more.
/// </summary>
public sealed class MessageStream : IDisposable, IThreadPoolWorkItem
{
    /// <summary>How many payloads may be looked into for one that may be captured.</summary>
    internal const int Examinations = 10;

    /// <summary>About what a record holds beside its payload.</summary>
    private const int RecordBytes = 200;

    private readonly Lock _gate = new();
    private readonly MessageStreams _owner;
    private readonly StreamFilter _filter;
    private readonly MessageRecord?[] _ring;
    private readonly Queue<(MessageRecord Record, JourneyTrial Trial)> _candidates = [];
    private readonly long _maxBytes;
    private readonly int _rate;
    private readonly int _maxPayload;
    private readonly int _journeyRate;
    private CaptureAllowance _journeys;
    private long _written;
    private int _held;
    private long _bytes;
    private long _candidateBytes;
    private bool _isExamining;
    private CaptureAllowance _allowance;
    private CaptureAllowance _examinations;
    private long _spentUntil;
    private long _captured;
    private long _notCaptured;
    private long _notExamined;

    internal MessageStream(MessageStreams owner, StreamFilter filter, MonitoringOptions options, int length, int journeyRate)
    {
        _owner = owner;
        _filter = filter;
        _ring = new MessageRecord[length];
        _rate = options.StreamRate;
        _maxPayload = options.MaxPayloadBytes;
        _maxBytes = options.StreamBytes;
        _journeyRate = journeyRate;
    }

    /// <summary>Messages that matched since the stream was opened.</summary>
    public long Arrived => Interlocked.Read(ref _captured) + NotCaptured;

    /// <summary>Those of them that came faster than the stream captures.</summary>
    public long NotCaptured => Interlocked.Read(ref _notCaptured);

    /// <summary>Bytes of the payloads that it holds.</summary>
    public long HeldBytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>Messages that came faster than their payloads could be looked into; whether they match is not known.</summary>
    public long NotExamined => Interlocked.Read(ref _notExamined);

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

    /// <summary>Takes no more messages; what was captured can still be read.</summary>
    public void Close() => _owner.Close(this);

    /// <summary>Lets go of what it holds too: topics on which nothing comes any more still know which streams there were.</summary>
    public void Dispose()
    {
        Close();
        Clear();
    }

    /// <summary>Looks into the payloads that wait for it.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        while (TakeCandidate(out var trial) is { } record)
        {
            if (!_filter.Content!(record))
            {
                trial.Answer(isSeen: false);
                continue;
            }

            var isKept = IsAllowed(record.Time.ToUnixTimeMilliseconds(), trial);
            if (isKept)
            {
                lock (_gate)
                {
                    Keep(record);
                }
            }

            Arrive(isKept, trial);
        }
    }

    internal bool Matches(Topic topic) => _filter.MatchesTopic(topic.Name);

    internal bool Wants(in OutgoingPublish message) =>
        _filter.Traits is not { } traits || traits(new MessageTraits(message.PublisherId, message.QoS, message.Retain, message.Payload.Length, message.Refusal is not null));

    /// <summary>Whether the journey of one more message may be recorded for it.</summary>
    /// <param name="now">Unix milliseconds.</param>
    internal bool MayFollow(long now)
    {
        if (_journeyRate == int.MaxValue)
        {
            return true;
        }

        lock (_gate)
        {
            return _journeys.TryTake(now, _journeyRate);
        }
    }

    internal void Record(long sequence, in OutgoingPublish message, in DeliveryResult result, in JourneyTrial trial)
    {
        if (!Wants(message))
        {
            return;
        }

        trial.Await();
        if (_filter.Content is not null)
        {
            if (!TryAddCandidate(sequence, message, result, trial))
            {
                trial.Answer(isSeen: false);
            }

            return;
        }

        var isKept = IsAllowed(message.ReceivedAt, trial);
        if (isKept)
        {
            var record = Copy(sequence, message, result);
            lock (_gate)
            {
                Keep(record);
            }
        }

        Arrive(isKept, trial);
    }

    private void Arrive(bool isKept, in JourneyTrial trial)
    {
        trial.Answer(isKept);

        // Last, so that whoever sees the number grow finds the message and its journey.
        Interlocked.Increment(ref (isKept ? ref _captured : ref _notCaptured));
    }

    private MessageRecord Copy(long sequence, in OutgoingPublish message, in DeliveryResult result)
    {
        var captured = new CapturedMessage();
        captured.Write(sequence, message, result, _maxPayload);
        return captured.Copy(message.Topic.Name);
    }

    private bool TryAddCandidate(long sequence, in OutgoingPublish message, in DeliveryResult result, in JourneyTrial trial)
    {
        lock (_gate)
        {
            if (_candidateBytes > _maxBytes || !_examinations.TryTake(message.ReceivedAt, _rate * Examinations))
            {
                _notExamined++;
                return false;
            }

            var record = Copy(sequence, message, result);
            _candidates.Enqueue((record, trial));
            _candidateBytes += record.Payload.Length + RecordBytes;
            if (_isExamining)
            {
                return true;
            }

            _isExamining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    private MessageRecord? TakeCandidate(out JourneyTrial trial)
    {
        lock (_gate)
        {
            _isExamining = _candidates.TryDequeue(out var candidate);
            (var record, trial) = candidate;
            _candidateBytes -= _isExamining ? record.Payload.Length + RecordBytes : 0;
            return record;
        }
    }

    /// <summary>The lock is held.</summary>
    private void Keep(MessageRecord record)
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

    private void LetOldestGo()
    {
        ref var oldest = ref _ring[(_written - _held) % _ring.Length];
        _bytes -= oldest!.Payload.Length;
        oldest = null;
        _held--;
    }

    /// <summary>A message whose journey is recorded is captured in any case, so that it can be found; the journeys have their own rate.</summary>
    private bool IsAllowed(long now, in JourneyTrial trial)
    {
        // Without the lock: of a flood nearly all end here, once for each page that looks on.
        if (!trial.IsOfJourney && Volatile.Read(ref _spentUntil) - now is > 0 and <= CaptureAllowance.LongestWait)
        {
            return false;
        }

        lock (_gate)
        {
            if (_allowance.TryTake(now, _rate))
            {
                return true;
            }

            Volatile.Write(ref _spentUntil, _allowance.NextAt(_rate));
            if (trial.IsOfJourney)
            {
                _allowance.Spend();
            }

            return trial.IsOfJourney;
        }
    }
}
