namespace Dashboard.Tests;

/// <summary>For tests that measure: no other test of this process runs beside them.</summary>
[CollectionDefinition(nameof(AloneOnTheProcessor), DisableParallelization = true)]
public sealed class AloneOnTheProcessor;
