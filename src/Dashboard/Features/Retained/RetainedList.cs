using Dashboard.Broker;
using Dashboard.Shared.Payload;

namespace Dashboard.Features.Retained;

/// <summary>
/// The part of the retained store that a filter matches, as a list that is read in pieces. Looking at the whole of it takes
/// time that grows with the store, so it rests ten times as long as the last look took.
/// </summary>
public sealed class RetainedList(MqttBroker broker, TimeProvider time)
{
    public const string Everything = "#";

    private const int PageSize = 100;
    private const int RestFactor = 10;

    private string _filter = Everything;
    private RetainedOutline _outline = new(0, 0, []);
    private long _storeVersion = -1;
    private long _restUntil;

    /// <summary>A valid filter; the list has another content at once.</summary>
    public string Filter
    {
        get => _filter;
        set
        {
            _filter = value;
            Look();
        }
    }

    public int Count => _outline.Count;

    public long Bytes => _outline.Bytes;

    /// <summary>Grows with every look, so that a view knows whether to read again.</summary>
    public long Version { get; private set; }

    /// <summary>Looks again when the store has changed and it is time to.</summary>
    /// <returns>True when it did.</returns>
    public bool Refresh()
    {
        if (_storeVersion == broker.RetainedVersion || time.GetTimestamp() < _restUntil)
        {
            return false;
        }

        Look();
        return true;
    }

    /// <summary>Looks again at once.</summary>
    public void Look()
    {
        var started = time.GetTimestamp();
        _storeVersion = broker.RetainedVersion;
        _outline = broker.OutlineRetained(_filter, PageSize);
        Version++;
        var ended = time.GetTimestamp();
        _restUntil = ended + (RestFactor * (ended - started));
    }

    /// <summary>Some messages of the list with the beginning of their payloads; fewer when the store has shrunk since the last look.</summary>
    public IReadOnlyList<RetainedMessage> Read(int start, int count)
    {
        var page = Math.Min(start / PageSize, _outline.PageEnds.Count);
        var after = page == 0 ? null : _outline.PageEnds[page - 1];
        var skipped = start - (page * PageSize);
        return [.. broker.ReadRetained(_filter, after, skipped + count, PayloadLine.Bytes).Skip(skipped)];
    }
}
