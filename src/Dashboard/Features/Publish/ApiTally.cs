using System.Collections.Concurrent;

namespace Dashboard.Features.Publish;

/// <summary>What <c>POST /api/publish</c> answered since the start, by HTTP status. Thread-safe.</summary>
internal sealed class ApiTally
{
    private readonly ConcurrentDictionary<int, long> _answers = [];

    public long Published => _answers.GetValueOrDefault(StatusCodes.Status200OK);

    /// <summary>How often it refused, by status.</summary>
    public IReadOnlyList<(int Status, long Times)> Refusals =>
        [.. _answers.Where(answer => answer.Key != StatusCodes.Status200OK).OrderBy(answer => answer.Key).Select(answer => (answer.Key, answer.Value))];

    public void Count(int status) => _answers.AddOrUpdate(status, 1, (_, times) => times + 1);
}
