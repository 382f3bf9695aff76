using System.Globalization;

namespace Dashboard.Benchmarks;

/// <summary>What Linux says of a process.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100;
    private const int UserTime = 11;
    private const int LooksForRest = 25;
    private static readonly TimeSpan LookForRest = TimeSpan.FromMilliseconds(200);

    /// <summary>CPU time of all its threads, in steps of 10 ms.</summary>
    public static TimeSpan Cpu(int process)
    {
        // The name, in parentheses, may contain anything.
        var line = File.ReadAllText($"/proc/{process}/stat");
        var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[UserTime], CultureInfo.InvariantCulture) + long.Parse(fields[UserTime + 1], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>Memory in use, in bytes.</summary>
    public static long Resident(int process) => Kilobytes(process, "VmRSS:") * 1024;

    /// <summary>Waits until the process has next to nothing to do, a few seconds at most.</summary>
    public static async Task Rest(int process)
    {
        var before = Cpu(process);
        for (var look = 0; look < LooksForRest; look++)
        {
            await Task.Delay(LookForRest);
            var now = Cpu(process);
            if (now - before < LookForRest / 10)
            {
                return;
            }

            before = now;
        }
    }

    private static long Kilobytes(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..^"kB".Length], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
    }
}
