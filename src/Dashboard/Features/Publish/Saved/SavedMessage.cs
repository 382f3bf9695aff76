namespace Dashboard.Features.Publish.Saved;

/// <summary>A message that is kept under a name, for everybody.</summary>
public sealed record SavedMessage
{
    public required string Id { get; init; }

    /// <summary>Grows with every change.</summary>
    public long Version { get; init; } = 1;

    public required string Name { get; init; }

    /// <summary>What it belongs to; empty for none.</summary>
    public string Collection { get; init; } = "";

    public required MessageDraft Draft { get; init; }

    public bool IsWhole => Id is not null && Name is not null && Collection is not null && Draft is { HasNulls: false };
}
