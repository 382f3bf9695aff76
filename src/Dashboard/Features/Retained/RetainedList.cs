using Dashboard.Broker;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Features.Retained;

/// <summary>
/// The part of the retained store that a filter matches, as a list that is read in pieces. Looking at the whole of it takes
/// time that grows with the store, so that it rests ten times as long as the last look took.
/// </summary>
internal sealed class RetainedList(MqttBroker broker, TimeProvider time)
{
    public const string Everything = "#";

    private const int PageSize = 100;
    private const int PreviewBytes = 256;
    private const int RestFactor = 10;

    private long _version = -1;
    private long _restUntil;
    private RetainedOutline _outline = new(0, 0, []);

    /// <summary>The last valid filter.</summary>
    public string Filter { get; private set; } = Everything;

    /// <summary>What is wrong with the filter that was asked for last; null when it is valid.</summary>
    public string? Error { get; private set; }

    public int Count => _outline.Count;

    public long Bytes => _outline.Bytes;

    /// <summary>Takes another filter, empty for everything, unless it is not valid.</summary>
    public void SetFilter(string? filter)
    {
        var asked = string.IsNullOrEmpty(filter) ? Everything : filter;
        Error = TopicFilter.IsShared(asked) ? "A shared subscription is no filter here; leave out $share and the group." : TopicFilter.Check(asked)?.Message;
        if (Error is null)
        {
            Filter = asked;
            Look();
        }
    }

    /// <summary>Looks again when the store has changed.</summary>
    /// <returns>True when it had.</returns>
    public bool Refresh()
    {
        if (_version == broker.RetainedVersion || time.GetTimestamp() < _restUntil)
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
        _version = broker.RetainedVersion;
        _outline = broker.OutlineRetained(Filter, PageSize);
        var ended = time.GetTimestamp();
        _restUntil = ended + (RestFactor * (ended - started));
    }

    /// <summary>Some messages of the list with the beginning of their payloads; fewer when the store has shrunk since the last look.</summary>
    public IReadOnlyList<RetainedMessage> Read(int start, int count)
    {
        var page = Math.Min(start / PageSize, _outline.PageEnds.Count);
        var after = page == 0 ? null : _outline.PageEnds[page - 1];
        var skipped = start - (page * PageSize);
        return [.. broker.ReadRetained(Filter, after, skipped + count, PreviewBytes).Skip(skipped)];
    }
}
