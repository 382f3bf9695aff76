using Dashboard.Benchmarks.Load;

namespace Dashboard.Benchmarks.Rows;

/// <summary>What one run of a row brought: a value for each of its lines, in order.</summary>
/// <param name="OwnShare">Share of one processor that the load client used.</param>
internal sealed record Sample(double[] Values, double OwnShare = 0, long Lost = 0, long Disordered = 0)
{
    public static Sample Of(LoadResult result, params double[] values) => new(values, result.OwnShare, result.Lost, result.Disordered);
}
