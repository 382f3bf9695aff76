using System.Diagnostics;
using Xunit.Abstractions;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>
/// Stories of sessions, made up from a seed: clients connect, vanish, come back and withhold acknowledgements, the broker
/// restarts, time passes. The model says what must arrive, how often and in which order.
/// </summary>
public sealed class SessionModelTests(ITestOutputHelper output)
{
    private static readonly TimeSpan ToShrink = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Sessions_keep_what_the_model_says_they_keep()
    {
        var (stories, steps) = (0, 0);
        foreach (var number in FuzzSettings.Cases())
        {
            var story = SessionStep.Story(FuzzSettings.ChanceOf(number));
            if (await SessionPlay.ProblemAsync(number, story) is { } problem)
            {
                Assert.Fail(FuzzSettings.Replay(number, "What happened is not what the model says", await ShortestAsync(number, story, problem)));
            }

            stories++;
            steps += story.Count;
        }

        output.WriteLine($"seed {FuzzSettings.Seed}: {stories:N0} stories of sessions, {steps:N0} steps");
    }

    /// <summary>Leaves out what does not matter, for a while.</summary>
    private static async Task<string> ShortestAsync(int number, List<SessionStep> story, string problem)
    {
        var clock = Stopwatch.StartNew();
        for (var length = story.Count / 2; length > 0; length /= 2)
        {
            for (var at = 0; at < story.Count && clock.Elapsed < ToShrink;)
            {
                List<SessionStep> shorter = [.. story[..at], .. story.Skip(at + length)];
                if (await SessionPlay.ProblemAsync(number, shorter) is { } same)
                {
                    (story, problem) = (shorter, same);
                }
                else
                {
                    at += length;
                }
            }
        }

        return problem;
    }
}
