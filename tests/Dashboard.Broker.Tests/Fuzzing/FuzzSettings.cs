using System.Diagnostics;
using System.Globalization;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>How long to go on and where to begin. The same seed gives the same cases; one case is played again by its number.</summary>
internal static class FuzzSettings
{
    /// <summary>FUZZ_SECONDS: of each test that generates.</summary>
    public static double Seconds { get; } = double.Parse(Environment.GetEnvironmentVariable("FUZZ_SECONDS") ?? "4", CultureInfo.InvariantCulture);

    /// <summary>FUZZ_SEED: fixed, so that a run that fails today fails tomorrow.</summary>
    public static int Seed { get; } = Number("FUZZ_SEED") ?? 20261124;

    /// <summary>FUZZ_CASE: the only one to play.</summary>
    public static int? OnlyCase { get; } = Number("FUZZ_CASE");

    /// <summary>The numbers of the cases until time is up.</summary>
    public static IEnumerable<int> Cases()
    {
        if (OnlyCase is { } only)
        {
            yield return only;
            yield break;
        }

        var clock = Stopwatch.StartNew();
        for (var number = 0; clock.Elapsed.TotalSeconds < Seconds; number++)
        {
            yield return number;
        }
    }

    /// <summary>Chance of one case, whatever was played before it.</summary>
    public static Random ChanceOf(int number) => new(unchecked((Seed * 486187739) + number));

    /// <summary>What a failure has to say to be seen again.</summary>
    public static string Replay(int number, string problem, string trace) =>
        $"{problem}\nPlay it again with FUZZ_SEED={Seed} FUZZ_CASE={number}\n{trace}";

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
