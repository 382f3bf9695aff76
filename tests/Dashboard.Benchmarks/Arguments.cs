using System.Globalization;

namespace Dashboard.Benchmarks;

/// <summary>The command line: a command, then <c>--name value</c> or <c>--name</c>.</summary>
internal sealed class Arguments(string[] arguments)
{
    public string Command => arguments.Length == 0 ? "" : arguments[0];

    /// <summary>The first option that is none of these; null when there is none.</summary>
    public string? OtherThan(params IEnumerable<string> names) =>
        arguments.FirstOrDefault(argument => argument.StartsWith("--", StringComparison.Ordinal) && !names.Contains(argument[2..]));

    public bool Has(string name) => Array.IndexOf(arguments, "--" + name) >= 0;

    public string? Text(string name)
    {
        var at = Array.IndexOf(arguments, "--" + name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }

    public IReadOnlyCollection<string> List(string name) => Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Minutes or seconds: 10m, 90s.</summary>
    public TimeSpan Time(string name, TimeSpan otherwise) => Text(name) switch
    {
        null => otherwise,
        [.. var number, 'm'] => TimeSpan.FromMinutes(double.Parse(number, CultureInfo.InvariantCulture)),
        [.. var number, 's'] => TimeSpan.FromSeconds(double.Parse(number, CultureInfo.InvariantCulture)),
        var text => throw new ArgumentException($"--{name} {text}: write 10m or 90s"),
    };

    public double Real(string name, double otherwise) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
