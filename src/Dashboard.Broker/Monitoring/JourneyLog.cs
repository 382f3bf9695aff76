using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// The journeys of messages that open Messages pages watch: the newest, bounded by count, bytes, receivers and a rate. With no
/// page open a message costs one look whether there is one. What is recorded stays until newer ones take its place.
/// </summary>
public sealed class JourneyLog(BrokerOptions options, MessageStreams streams, TimeProvider time)
{
    /// <summary>Steps that a journey may have on average: after a message with many more, the next ones go without.</summary>
    private const int StepsAJourney = 100;

    private readonly Lock _gate = new();
    private readonly MonitoringOptions _options = options.Monitoring;
    private readonly Queue<RecordedJourney> _inOrder = [];
    private readonly Dictionary<long, RecordedJourney> _byNumber = [];
    private readonly Dictionary<long, RecordedJourney> _bySequence = [];
    private CaptureAllowance _journeys;
    private CaptureAllowance _steps;
    private long _number;
    private long _bytes;
    private long _version;

    /// <summary>Grows with every step of any journey.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Journeys that are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _inOrder.Count;
            }
        }
    }

    /// <summary>About what the kept journeys hold.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The journey of a message, as far as it has come; null when it was not recorded or has been let go.</summary>
    public Journey? Find(long sequence)
    {
        lock (_gate)
        {
            return _bySequence.GetValueOrDefault(sequence)?.Copy();
        }
    }

    /// <summary>Whether the journey of a message is kept.</summary>
    public bool Has(long sequence)
    {
        lock (_gate)
        {
            return _bySequence.ContainsKey(sequence);
        }
    }

    /// <summary>Whether newer journeys have taken the place of all that were as old as this message.</summary>
    public bool HasLetGo(long sequence)
    {
        lock (_gate)
        {
            return _inOrder.Count > 0 && _number > _inOrder.Count && sequence < _inOrder.Peek().Sequence;
        }
    }

    /// <summary>The number for a new journey; 0 when no open page wants the message or too much is recorded already.</summary>
    internal long Begin(in OutgoingPublish message)
    {
        if (!streams.Want(message))
        {
            return 0;
        }

        var (arrived, now) = (time.GetTimestamp(), message.ReceivedAt);
        lock (_gate)
        {
            if (_options.Journeys == 0
                || !_steps.HasAny(now, _options.JourneyRate * StepsAJourney)
                || !_journeys.TryTake(now, _options.JourneyRate))
            {
                return 0;
            }

            var journey = new RecordedJourney(++_number, arrived);
            _inOrder.Enqueue(journey);
            _byNumber[journey.Number] = journey;
            Grow(journey.Bytes);
            while (_inOrder.Count > 1 && (_inOrder.Count > _options.Journeys || _bytes > _options.JourneyBytes))
            {
                LetOldestGo();
            }

            return journey.Number;
        }
    }

    internal void Add(in JourneyStep step)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            _steps.Spend();
            if (_byNumber.TryGetValue(step.Journey, out var journey))
            {
                var before = journey.Bytes;
                journey.Add(step, now, _options.JourneyReceivers, time);
                Grow(journey.Bytes - before);
            }
        }
    }

    internal void Routed(long sequence, in OutgoingPublish message)
    {
        lock (_gate)
        {
            if (_byNumber.TryGetValue(message.Journey, out var journey))
            {
                var before = journey.Bytes;
                journey.Routed(sequence, message);
                _bySequence[sequence] = journey;
                Grow(journey.Bytes - before);
            }
        }
    }

    private void Grow(int bytes)
    {
        _bytes += bytes;
        _version++;
    }

    private void LetOldestGo()
    {
        var oldest = _inOrder.Dequeue();
        _byNumber.Remove(oldest.Number);
        _bySequence.Remove(oldest.Sequence);
        _bytes -= oldest.Bytes;
    }
}
