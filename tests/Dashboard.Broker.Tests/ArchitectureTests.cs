using System.Text.RegularExpressions;
using Dashboard.Broker.Tests.Architecture;

namespace Dashboard.Broker.Tests;

/// <summary>The arrows of the house, checked on what was built, and the habits that keep its rooms findable.</summary>
public sealed class ArchitectureTests
{
    private const int MostLines = 400;

    private static readonly string[] Projects = ["Dashboard.Mqtt", "Dashboard.Broker", "Dashboard"];

    [Theory]
    [InlineData("Dashboard.Mqtt", new string[0])]
    [InlineData("Dashboard.Broker", new[] { "Dashboard.Mqtt" })]
    [InlineData("Dashboard", new[] { "Dashboard.Mqtt", "Dashboard.Broker" })]
    public void A_project_points_only_at_those_below_it(string project, string[] below)
    {
        var own = Uses.AssembliesOf(Repository.BuiltAssembly(project)).Where(name => Projects.Contains(name));

        Assert.Empty(own.Except(below));
    }

    [Theory]
    [InlineData("Dashboard.Mqtt", "Microsoft.AspNetCore.")]
    [InlineData("Dashboard.Mqtt", "Microsoft.Extensions.")]
    [InlineData("Dashboard.Broker", "Microsoft.AspNetCore.Components")]
    [InlineData("Dashboard.Broker", "Radzen")]
    public void The_protocol_knows_no_web_server_and_the_engine_no_pages(string project, string forbidden) =>
        Assert.DoesNotContain(
            Uses.AssembliesOf(Repository.BuiltAssembly(project)), name => name.StartsWith(forbidden, StringComparison.Ordinal));

    [Fact]
    public void Rooms_of_the_broker_keep_to_their_arrows() =>
        AssertNone(Rooms.OfTheBroker.Violations(Uses.Of(Repository.BuiltAssembly("Dashboard.Broker"))));

    [Fact]
    public void A_feature_of_the_web_app_uses_no_other_feature()
    {
        var wrong = Uses.Of(Repository.BuiltAssembly("Dashboard"))
            .Where(use => Feature(use.User) is { } from && Feature(use.Used) is { } to && from != to)
            .Select(use => $"{use.User} uses {use.Used}: {Feature(use.User)} must not point at {Feature(use.Used)}");

        AssertNone(wrong);

        static string? Feature(string type) =>
            Regex.Match(type, @"^Dashboard\.Features\.(\w+)\.") is { Success: true } match ? match.Groups[1].Value : null;
    }

    [Fact]
    public void What_features_share_uses_no_feature() =>
        AssertNone(
            Uses.Of(Repository.BuiltAssembly("Dashboard"))
                .Where(use => use.User.StartsWith("Dashboard.Shared.", StringComparison.Ordinal)
                    && use.Used.StartsWith("Dashboard.Features.", StringComparison.Ordinal))
                .Select(use => $"{use.User} uses {use.Used}: Shared must not point at a feature"));

    [Fact]
    public void A_file_declares_the_namespace_of_its_folder()
    {
        var wrong =
            from project in Projects
            let root = Path.Combine(Repository.Root, "src", project)
            from file in SourceFiles.In(root, ".cs")
            let declared = Regex.Match(File.ReadAllText(file), @"^namespace ([\w.]+)", RegexOptions.Multiline)
            let expected = string.Join('.', Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Split('/').Where(part => part != ".").Prepend(project))
            where declared.Success && declared.Groups[1].Value != expected
            select $"{SourceFiles.Short(file)}: {declared.Groups[1].Value} instead of {expected}";

        AssertNone(wrong);
    }

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var wrong =
            from folder in new[] { "src", "tests", "wwwroot" }
            from file in SourceFiles.In(Path.Combine(Repository.Root, folder), ".cs", ".razor", ".css", ".js", ".py")
            let lines = File.ReadLines(file).Count()
            where lines > MostLines
            select $"{SourceFiles.Short(file)}: {lines} lines";

        AssertNone(wrong);
    }

    [Fact]
    public void The_pictures_of_the_README_are_there_and_light()
    {
        const long MostBytes = 1_200_000;

        var pictures = Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md")), @"!\[[^\]]*\]\(([^)]+)\)")
            .Select(match => new FileInfo(Path.Combine(Repository.Root, match.Groups[1].Value)))
            .ToArray();

        Assert.NotEmpty(pictures);
        AssertNone(pictures.Where(picture => !picture.Exists).Select(picture => $"{SourceFiles.Short(picture.FullName)} is not there"));
        Assert.True(pictures.Sum(picture => picture.Length) < MostBytes, $"together they have {pictures.Sum(picture => picture.Length):N0} bytes");
    }

    private static void AssertNone(IEnumerable<string> violations)
    {
        var lines = violations.Distinct().ToArray();
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }
}
