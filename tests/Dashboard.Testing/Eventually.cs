using System.Diagnostics;

namespace Dashboard.Testing;

/// <summary>Waits for a condition, never for a delay.</summary>
public static class Eventually
{
    /// <summary>How long a condition may take when the test does not say: generous, as the machine may be busy. Only a test that fails waits so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(10);

    /// <summary>Returns once <paramref name="condition"/> holds; throws with the words of <paramref name="otherwise"/> when it never does.</summary>
    public static Task Holds(Func<bool> condition, Func<string> otherwise, TimeSpan? within = null) =>
        Holds(() => Task.FromResult(condition()), otherwise, within);

    /// <inheritdoc cref="Holds(Func{bool}, Func{string}, TimeSpan?)"/>
    public static async Task Holds(Func<Task<bool>> condition, Func<string> otherwise, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > patience)
            {
                throw new TimeoutException($"Not within {patience.TotalSeconds:0.#} s: {otherwise()}");
            }

            await Task.Delay(LookAgainAfter);
        }
    }
}
