namespace Dashboard.Browser.Tests;

/// <summary>For tests that measure: no other test of this process, with another Chromium, runs beside them.</summary>
[CollectionDefinition(nameof(AloneOnTheProcessor), DisableParallelization = true)]
public sealed class AloneOnTheProcessor;
