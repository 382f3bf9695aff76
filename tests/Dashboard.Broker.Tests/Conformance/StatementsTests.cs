using System.Reflection;
using Dashboard.Broker.Tests.Fixture;
using Xunit.Abstractions;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>The list of the standard's statements that bind a server, against the numbers that the tests carry.</summary>
public sealed class StatementsTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<Listed> List = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Conformance", "statements.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(Listed.Parse)];

    private static readonly HashSet<(string Version, string Number)> Carried =
    [
        .. from type in typeof(StatementsTests).Assembly.GetTypes()
           from method in type.GetMethods()
           from attribute in method.GetCustomAttributes<StatementAttribute>()
           from number in attribute.Numbers
           select (attribute.Version, number),
    ];

    [Fact]
    public void Every_statement_has_a_test_or_a_reason_why_it_has_none()
    {
        foreach (var version in List.GroupBy(listed => listed.Version))
        {
            output.WriteLine($"{version.Key}: {version.Count(listed => listed.Reason is null)} of {version.Count()} statements have a test.");
        }

        output.WriteLine("Without one:");
        foreach (var listed in List.Where(listed => listed.Reason is not null))
        {
            output.WriteLine($"{listed.Version} {listed.Number}: {listed.Reason}");
        }

        Assert.Empty(List.Where(listed => listed.Reason is null && !Carried.Contains((listed.Version, listed.Number))).Select(listed => $"{listed.Version} {listed.Number}: {listed.Summary}"));
    }

    [Fact]
    public void No_statement_with_a_reason_has_a_test_after_all() =>
        Assert.Empty(List.Where(listed => listed.Reason is not null && Carried.Contains((listed.Version, listed.Number))).Select(listed => $"{listed.Version} {listed.Number}"));

    [Fact]
    public void Every_number_that_a_test_carries_is_in_the_list() =>
        Assert.Empty(Carried.Except(List.Select(listed => (listed.Version, listed.Number))));

    [Fact]
    public void No_statement_is_listed_twice() =>
        Assert.Empty(List.GroupBy(listed => (listed.Version, listed.Number)).Where(group => group.Count() > 1).Select(group => group.Key));

    /// <summary>version | number | what it asks for | why no test can show it, when none can</summary>
    private sealed record Listed(string Version, string Number, string Summary, string? Reason)
    {
        public static Listed Parse(string line)
        {
            var fields = line.Split(" | ");
            return new Listed(fields[0], fields[1], fields[2], fields.Length > 3 ? fields[3] : null);
        }
    }
}
