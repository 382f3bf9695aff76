using Dashboard.Broker;

namespace Dashboard.Features.Publish.Repeating;

/// <summary>A repeating publisher on its way: its ready templates, and when it is due. Replaced whole when a person changes it.</summary>
internal sealed class Turn
{
    private readonly RepeatingMessage? _message;

    private volatile RepeatingState _state; // written by the one loop that sends, read by everybody

    public Turn(RepeatingPublisher publisher, DateTimeOffset now)
    {
        _message = RepeatingMessage.Read(publisher.Draft, new TemplateMoment(publisher.Sent, now), out _);
        _state = new RepeatingState(publisher, null, null, publisher.Runs && _message is not null ? now + publisher.Every : null);
    }

    public RepeatingState State => _state;

    public RepeatingPublisher Publisher => _state.Publisher;

    public DateTimeOffset? Next => _state.Next;

    /// <summary>Counts the message that is due and sets the next turn.</summary>
    public PublishRequest Take(DateTimeOffset now)
    {
        var publisher = Publisher;
        var request = _message!.Fill(new TemplateMoment(publisher.Sent, now));
        var sent = publisher with { Sent = publisher.Sent + 1 };
        _state = _state with { Publisher = sent, Last = now, Next = sent.Runs ? After(now, sent.Every) : null };
        return request;
    }

    public void Ended(PublishReport report) => _state = _state with { Report = report };

    /// <summary>In step with the beginning; turns that were missed are left out, so that nothing piles up.</summary>
    private DateTimeOffset After(DateTimeOffset now, TimeSpan every)
    {
        var late = now - Next!.Value;
        return Next.Value + (every * (Math.Floor(late / every) + 1));
    }
}
