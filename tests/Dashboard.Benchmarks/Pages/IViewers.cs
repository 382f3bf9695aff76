namespace Dashboard.Benchmarks.Pages;

/// <summary>Open pages; two of them show the probe.</summary>
internal interface IViewers : IAsyncDisposable
{
    /// <summary>What they are, for the report.</summary>
    string Kind { get; }

    /// <summary>Bytes of the server for one page.</summary>
    double MemoryOfOne { get; }

    /// <summary>From now on the probe's lateness is noted.</summary>
    Task StartWatching();

    /// <summary>Milliseconds from publish to page, of all values that were shown since <see cref="StartWatching"/>.</summary>
    Task<double[]> Lateness();
}
