namespace Dashboard.Benchmarks.Rows;

/// <summary>One figure that a row measures.</summary>
/// <param name="Key">Unique, for the JSON.</param>
internal sealed record Line(string Key, string Title, string Unit)
{
    public bool IsLowerBetter { get; init; }

    /// <summary>What our figure divided by Mosquitto's should reach (or stay below, when lower is better).</summary>
    public double? OverMosquitto { get; init; }

    /// <summary>The same for NATS.</summary>
    public double? OverNats { get; init; }

    /// <summary>What our figure itself should reach, or stay below.</summary>
    public double? Goal { get; init; }

    /// <summary>The curve that it is a point of.</summary>
    public string? Series { get; init; }

    /// <summary>Where on the curve.</summary>
    public double At { get; init; }
}
