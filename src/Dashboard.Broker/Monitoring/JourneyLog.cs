using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// The journeys of messages that open pages watch: the newest, bounded by count, bytes, receivers and a rate. With no
/// page open a message costs one look whether there is one. What is recorded stays until newer ones take its place. Of a message
/// whose payload a page has to look into first it begins on trial: when no page takes the message, the journey is forgotten
/// and what it took of the rate is given back, so that the rate goes to messages that somebody sees.
/// </summary>
public sealed class JourneyLog(BrokerOptions options, MessageStreams streams, TimeProvider time)
{
    /// <summary>Steps that a journey may have on average: after a message with many more, the next ones go without.</summary>
    private const int StepsAJourney = 100;

    /// <summary>Steps of a forgotten journey that are given back; those of more receivers have cost too much for that.</summary>
    private const int StepsGivenBack = 10;

    private readonly Lock _gate = new();
    private readonly MonitoringOptions _options = options.Monitoring;
    private readonly Queue<RecordedJourney> _inOrder = [];
    private readonly Dictionary<long, RecordedJourney> _byNumber = [];
    private readonly Dictionary<long, RecordedJourney> _bySequence = [];
    private CaptureAllowance _journeys;
    private CaptureAllowance _steps;
    private CaptureAllowance _trials;
    private long _number;
    private long _seen;
    private int _onTrial;
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

    /// <summary>Journeys of which it is not known yet whether a page takes their message.</summary>
    internal int OnTrial
    {
        get
        {
            lock (_gate)
            {
                return _onTrial;
            }
        }
    }

    /// <summary>About what the journeys hold.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The journey of a message, as far as it has come; null when it was not recorded or has been let go.</summary>
    public Journey? Find(long sequence)
    {
        lock (_gate)
        {
            return _bySequence.GetValueOrDefault(sequence)?.Copy();
        }
    }

    /// <summary>The message, as <see cref="MessageRecord.Sequence"/>, whose journey has a number; null when it is not kept.</summary>
    /// <param name="number">As <see cref="PublishReport.Journey"/>.</param>
    public long? SequenceOf(long number)
    {
        lock (_gate)
        {
            return _byNumber.TryGetValue(number, out var journey) && journey.IsSeen ? journey.Sequence : null;
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
            return _inOrder.Count > 0 && _seen > _inOrder.Count && sequence < _inOrder.Peek().Sequence;
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
                || _onTrial >= _options.JourneyRate
                || !_steps.HasAny(now, _options.JourneyRate * StepsAJourney)
                || !_trials.HasAny(now, _options.StreamRate * MessageStream.Examinations)
                || !_journeys.TryTake(now, _options.JourneyRate))
            {
                return 0;
            }

            _trials.Spend();
            var journey = new RecordedJourney(++_number, arrived);
            _byNumber[journey.Number] = journey;
            _onTrial++;
            Grow(journey.Bytes);
            return journey.Number;
        }
    }

    internal void Add(in JourneyStep step)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_byNumber.TryGetValue(step.Journey, out var journey))
            {
                _steps.Spend();
                var before = journey.Bytes;
                journey.Add(step, now, _options.JourneyReceivers, time);
                Grow(journey.Bytes - before);
            }
        }
    }

    /// <summary>Begins to ask whether a page takes the message; the caller gives the last answer.</summary>
    internal JourneyTrial Routed(long sequence, in OutgoingPublish message)
    {
        lock (_gate)
        {
            if (_byNumber.TryGetValue(message.Journey, out var journey))
            {
                var before = journey.Bytes;
                journey.Routed(sequence, message);
                Grow(journey.Bytes - before);
            }

            return new JourneyTrial(this, journey);
        }
    }

    /// <summary>A message that could not be told of on any page: its journey is forgotten.</summary>
    internal void Forget(long number)
    {
        lock (_gate)
        {
            if (_byNumber.TryGetValue(number, out var journey) && journey.Answer(isSeen: false))
            {
                Forget(journey);
            }
        }
    }

    /// <summary>One more answer of a page is to come.</summary>
    internal void Await(RecordedJourney journey)
    {
        lock (_gate)
        {
            journey.Await();
        }
    }

    /// <summary>Whether a page took the message: with the first that did the journey is kept, with the last that did not it is forgotten.</summary>
    internal void Answer(RecordedJourney journey, bool isSeen)
    {
        lock (_gate)
        {
            if (!journey.Answer(isSeen))
            {
                return;
            }

            if (isSeen)
            {
                Keep(journey);
            }
            else
            {
                Forget(journey);
            }
        }
    }

    private void Forget(RecordedJourney journey)
    {
        _onTrial--;
        _byNumber.Remove(journey.Number);
        _journeys.GiveBack();
        _steps.GiveBack(Math.Min(journey.Steps, StepsGivenBack));
        Grow(-journey.Bytes);
    }

    private void Keep(RecordedJourney journey)
    {
        _onTrial--;
        _seen++;
        _inOrder.Enqueue(journey);
        _bySequence[journey.Sequence] = journey;
        _version++;
        while (_inOrder.Count > 1 && (_inOrder.Count > _options.Journeys || _bytes > _options.JourneyBytes))
        {
            LetOldestGo();
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
