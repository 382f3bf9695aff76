using System.Reflection;
using Dashboard.Mqtt.Packets;
using Xunit.Sdk;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>Runs a theory for each version of the protocol, with each of some more values when there are any.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class VersionsAttribute(params object[] values) : DataAttribute
{
    /// <summary>Whether MQTT 3.1 is among them.</summary>
    public bool WithOldest { get; init; }

    public IReadOnlyList<object> Values => values;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        ProtocolVersion[] versions = WithOldest ? [ProtocolVersion.V310, ProtocolVersion.V311, ProtocolVersion.V500] : [ProtocolVersion.V311, ProtocolVersion.V500];
        return values.Length == 0
            ? versions.Select(version => new object[] { version })
            : versions.SelectMany(_ => values, (version, value) => new object[] { version, value });
    }
}
