namespace Dashboard.Broker.Tests.Conformance;

// The promises about sessions and messages hold in the same words when everything is written to a file first.

public sealed class DurableSessionsTests : SessionsTests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurableQoS1Tests : QoS1Tests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurableQoS2Tests : QoS2Tests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurableRetainedTests : RetainedTests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurableWillTests : WillTests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurableFlowControlTests : FlowControlTests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurableTakeOverTests : TakeOverTests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurablePropertiesTests : PropertiesTests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurableReplayTests : ReplayTests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}

public sealed class DurableSharedSubscriptionTests : SharedSubscriptionTests
{
    protected override StorageKind Storage => StorageKind.Sqlite;
}
