namespace Dashboard.Benchmarks.Load;

internal enum Shape
{
    /// <summary>As many publishers as subscribers, each pair with a topic of its own.</summary>
    Pairs,

    /// <summary>Many publishers, one subscriber with a wildcard.</summary>
    FanIn,

    /// <summary>One publisher, many subscribers of its topic.</summary>
    FanOut,
}

/// <summary>What one run sends, and for how long.</summary>
internal sealed record LoadPlan
{
    public required Shape Shape { get; init; }

    /// <summary>Pairs, publishers or subscribers.</summary>
    public required int Count { get; init; }

    public int QoS { get; init; }

    /// <summary>Bytes, at least 16: a time stamp, the publisher and a number are in each payload; at 8 only the time stamp.</summary>
    public int Payload { get; init; } = 64;

    public bool IsWebSocket { get; init; }

    /// <summary>Messages a second of all publishers; 0 sends what goes through.</summary>
    public double Rate { get; init; }

    /// <summary>More than one: each publisher goes round so many topics, one level below its own. For fan-in only.</summary>
    public int TopicsOfPublisher { get; init; } = 1;

    /// <summary>Levels of the topics.</summary>
    public int TopicLevels { get; init; } = 3;

    /// <summary>QoS 1 and 2 messages that one publisher has on the way.</summary>
    public int Window { get; init; } = 32;

    /// <summary>Deliveries on the way at most, so that no broker has to drop.</summary>
    public long Outstanding { get; init; } = 50_000;

    public string Root { get; init; } = "bench";

    /// <summary>Subscribers beside those that are measured: the filters of each. What reaches them is read and not counted.</summary>
    public IReadOnlyList<string[]> Audience { get; init; } = [];

    /// <summary>The session outlives its connection: the subscribers ask for it.</summary>
    public bool IsDurable { get; init; }

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long is measured.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>None of its messages reaches the audience.</summary>
    public bool IsAudienceQuiet => !Audience.Any(filters => filters.Any(filter => filter.StartsWith(Root, StringComparison.Ordinal)));

    public int Publishers => Shape == Shape.FanOut ? 1 : Count;

    public int Subscribers => Shape == Shape.FanIn ? 1 : Count;

    /// <summary>Deliveries of one message.</summary>
    public int Fan => Shape == Shape.FanOut ? Count : 1;

    public string TopicOf(int publisher)
    {
        var name = Shape == Shape.FanOut ? "all" : $"{publisher}";
        return TopicLevels == 1 ? Root + name : Above + name;
    }

    public string FilterOf(int subscriber) => Shape == Shape.FanIn ? Above + "#" : TopicOf(subscriber);

    private string Above => Root + "/" + string.Concat(Enumerable.Repeat("l/", TopicLevels - 2));
}
