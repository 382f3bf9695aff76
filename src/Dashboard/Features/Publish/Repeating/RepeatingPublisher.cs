using Dashboard.Broker;

namespace Dashboard.Features.Publish.Repeating;

/// <summary>A message that the server publishes again and again, as it is kept.</summary>
public sealed record RepeatingPublisher
{
    public required string Id { get; init; }

    /// <summary>Grows with every change by a person.</summary>
    public long Version { get; init; } = 1;

    public required MessageDraft Draft { get; init; }

    public required TimeSpan Every { get; init; }

    /// <summary>Messages after which it is done; null goes on for ever.</summary>
    public long? Limit { get; init; }

    public bool IsPaused { get; init; }

    public long Sent { get; init; }

    public bool IsDone => Sent >= Limit;

    public bool IsWhole => Id is not null && Draft is { HasNulls: false } && Every > TimeSpan.Zero;

    public bool Runs => !IsPaused && !IsDone;
}

/// <summary>A repeating publisher at one moment.</summary>
/// <param name="Last">When it sent its last message; null when it has not since the program started.</param>
/// <param name="Report">What became of that message.</param>
/// <param name="Next">When it sends its next one; null when it does not.</param>
public sealed record RepeatingState(RepeatingPublisher Publisher, DateTimeOffset? Last, PublishReport? Report, DateTimeOffset? Next);
