namespace Dashboard.Broker.Tests.Fixture;

/// <summary>The normative statements of one version of the standard that a test covers; all of them are in <c>statements.txt</c>.</summary>
/// <param name="version">"3.1.1" or "5.0": a number means different things in them.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class StatementAttribute(string version, params string[] numbers) : Attribute
{
    public string Version => version;

    public IReadOnlyList<string> Numbers => numbers;
}
