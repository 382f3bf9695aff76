using System.Reflection;
using System.Text.RegularExpressions;
using Dashboard.Broker.Tests.Architecture;
using Dashboard.Broker.Tests.Fixture;
using Xunit.Abstractions;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>The list of the standard's statements that bind a server, against the numbers that the tests and the source carry.</summary>
public sealed partial class StatementsTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<Listed> List = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Conformance", "statements.txt")).Where(line => line.Length > 0 && line[0] != '#').SelectMany(Listed.Parse)];

    private static readonly IReadOnlyList<Listed> OfServers = [.. List.Where(listed => !listed.BindsClients)];

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
        foreach (var version in OfServers.GroupBy(listed => listed.Version))
        {
            output.WriteLine($"{version.Key}: {version.Count(listed => listed.Reason is null)} of {version.Count()} statements have a test.");
        }

        output.WriteLine("Without one:");
        foreach (var listed in OfServers.Where(listed => listed.Reason is not null))
        {
            output.WriteLine($"{listed.Version} {listed.Number}: {listed.Reason}");
        }

        Assert.Empty(OfServers.Where(listed => listed.Reason is null && !Carried.Contains((listed.Version, listed.Number))).Select(listed => $"{listed.Version} {listed.Number}: {listed.Summary}"));
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

    [Fact]
    public void Every_statement_with_a_test_is_tagged_where_the_engine_fulfils_it()
    {
        var tagged = Tags("Dashboard.Mqtt", "Dashboard.Broker").Where(tag => !tag.Place.StartsWith("src/Dashboard.Mqtt/Client/", StringComparison.Ordinal)).SelectMany(tag => tag.Means()).ToHashSet();

        Assert.Empty(OfServers.Where(listed => listed.Reason is null && !tagged.Contains((listed.Version, listed.Number))).Select(listed => $"{listed.Version} {listed.Number}: {listed.Summary}"));
    }

    [Fact]
    public void Every_tag_in_the_source_is_in_the_list() =>
        Assert.Empty(Tags("Dashboard.Mqtt", "Dashboard.Broker", "Dashboard").Where(tag => !tag.Means().Any()).Select(tag => $"{tag.Place}: {tag}"));

    private static IEnumerable<Tag> Tags(params string[] projects) =>
        from project in projects
        from file in SourceFiles.In(Path.Combine(Repository.Root, "src", project), ".cs", ".razor")
        from Match match in Numbers().Matches(File.ReadAllText(file))
        select new Tag(SourceFiles.Short(file), match.Groups["number"].Value, match.Groups["version"].Value);

    /// <summary>Whatever looks like a tag, also one that is written in another way than the list says.</summary>
    [GeneratedRegex(@"(?<number>MQTT-\d[\d.]*-[\d.]+(-\d+)?)(?<version>[^\]\s]*( [\d.]+)?)")]
    private static partial Regex Numbers();

    /// <summary>A tag of the source: without a version, that of 5.0, and of 3.1.1 too where it means the same.</summary>
    private sealed record Tag(string Place, string Number, string Version)
    {
        public IEnumerable<(string Version, string Number)> Means() => List
            .Where(listed => listed.Number == Number && (Version == "" ? listed.Versions.Contains("5.0") : Version == ", 3.1.1" && listed.Versions is ["3.1.1"]))
            .Select(listed => (listed.Version, listed.Number));

        public override string ToString() => $"[{Number}{Version}]";
    }

    /// <summary>versions | number | what it asks for | why no test can show it, when none can</summary>
    private sealed record Listed(string Version, IReadOnlyList<string> Versions, bool BindsClients, string Number, string Summary, string? Reason)
    {
        private const string Client = "client ";

        public static IEnumerable<Listed> Parse(string line)
        {
            var fields = line.Split(" | ");
            var bindsClients = fields[0].StartsWith(Client, StringComparison.Ordinal);
            var versions = fields[0][(bindsClients ? Client.Length : 0)..].Split(", ");
            return versions.Select(version => new Listed(version, versions, bindsClients, fields[1], fields[2], fields.Length > 3 ? fields[3] : null));
        }
    }
}
