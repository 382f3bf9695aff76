using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Messages;

/// <summary>
/// The messages of one query as they come, newest first, until they are held: then the rows stay and what arrives
/// meanwhile is a number. Used by one renderer, not thread-safe.
/// </summary>
public sealed class LiveMessages(MessageStreams streams, int length) : IDisposable
{
    private MessageStream? _stream;

    /// <summary>Rows that a stream before this one captured, newest first.</summary>
    private List<MessageRecord> _earlier = [];
    private long _arrivedBefore;
    private long _notCapturedBefore;
    private long _notExaminedBefore;
    private long _shownUpTo;

    /// <summary>Another list each time it changes.</summary>
    public List<MessageRecord> Rows { get; private set; } = [];

    /// <summary>Messages since the filter was set or the list was cleared.</summary>
    public long Arrived { get; private set; }

    /// <summary>Those of them that came too fast to be captured.</summary>
    public long NotCaptured { get; private set; }

    /// <summary>Messages that came too fast to look into their payloads.</summary>
    public long NotExamined { get; private set; }

    /// <summary>Messages that arrived since the rows were last renewed.</summary>
    public long Waiting { get; private set; }

    /// <summary>Captured messages that are no longer in the list, as newer ones took their places.</summary>
    public long Gone => Math.Max(0, Arrived - Waiting - NotCaptured - Rows.Count);

    /// <summary>Begins anew with another filter.</summary>
    public void Watch(StreamFilter filter)
    {
        _stream?.Dispose();
        _stream = streams.Open(filter);
        _earlier = [];
        (_arrivedBefore, _notCapturedBefore, _notExaminedBefore) = (0, 0, 0);
        Renew();
    }

    /// <summary>Goes on with another filter for the same query: rows that it leaves out go, the others and their number stay.</summary>
    public void GoOn(StreamFilter filter)
    {
        if (_stream is null)
        {
            return;
        }

        var before = _stream;
        _stream = streams.Open(filter); // before the other is closed, so that nothing is missed
        before.Close();
        _earlier = [.. Join(before.Newest(length), _earlier)];
        var kept = _earlier.Where(message => filter.MatchesTopic(message.Topic)).ToList();
        _arrivedBefore -= before.Arrived - (_earlier.Count - kept.Count);
        _notCapturedBefore -= before.NotCaptured;
        _notExaminedBefore -= before.NotExamined;
        _earlier = kept;
        before.Dispose();
        Renew();
    }

    /// <summary>Looks for news; true when there is something to draw.</summary>
    /// <param name="hold">The rows must stay.</param>
    public bool Refresh(bool hold)
    {
        if (_stream is null)
        {
            return false;
        }

        var isBehind = _stream.Arrived != _shownUpTo;
        var isNew = _stream.Arrived - _arrivedBefore != Arrived || _stream.NotExamined - _notExaminedBefore != NotExamined;
        if (isBehind && !hold)
        {
            Renew();
            return true;
        }

        Count();
        return isNew;
    }

    public void Clear()
    {
        if (_stream is null)
        {
            return;
        }

        (_arrivedBefore, _notCapturedBefore, _notExaminedBefore) = (_stream.Arrived, _stream.NotCaptured, _stream.NotExamined);
        _stream.Clear();
        _earlier = [];
        Renew();
    }

    public void Dispose() => _stream?.Dispose();

    private void Renew()
    {
        _shownUpTo = _stream!.Arrived; // before the rows: what comes between is drawn the next time
        Rows = [.. Join(_stream.Newest(length), _earlier)];
        Count();
    }

    /// <summary>What both have captured is there once.</summary>
    private IEnumerable<MessageRecord> Join(IReadOnlyList<MessageRecord> newest, List<MessageRecord> earlier) =>
        newest.Concat(earlier.Where(message => newest.Count == 0 || message.Sequence < newest[^1].Sequence)).Take(length);

    private void Count()
    {
        NotCaptured = _stream!.NotCaptured - _notCapturedBefore;
        NotExamined = _stream.NotExamined - _notExaminedBefore;
        Arrived = _stream.Arrived - _arrivedBefore;
        Waiting = Arrived - (_shownUpTo - _arrivedBefore);
    }
}
