namespace Dashboard.Broker.Tests.Architecture;

/// <summary>Proves that the architecture test can fail: it finds every wrong arrow in <c>Sample/House.cs</c>.</summary>
public sealed class ArchitectureSampleTests
{
    private const string House = "Dashboard.Broker.Tests.Architecture.Sample";

    private static readonly IReadOnlyList<string> Found =
        Rooms.InHouse(House).Violations(Uses.Of(typeof(ArchitectureSampleTests).Assembly.Location));

    [Theory]
    [InlineData("ByBase")]
    [InlineData("ByInterface")]
    [InlineData("ByAttribute")]
    [InlineData("ByConstraint`1")]
    [InlineData("ByField")]
    [InlineData("ByParameter")]
    [InlineData("ByNestedType")]
    [InlineData("ByCall")]
    [InlineData("ByReadingAField")]
    [InlineData("ByTypeof")]
    [InlineData("ByGenericArgument")]
    [InlineData("ByLambda")]
    [InlineData("ByAwait")]
    [InlineData("ByCatch")]
    [InlineData("AfterASwitch")]
    public void A_wrong_arrow_is_found_wherever_it_hides(string type) =>
        Assert.Contains(
            Found,
            line => line.StartsWith($"{House}.Routing.{type} uses {House}.Sessions.", StringComparison.Ordinal)
                && line.EndsWith(": Routing must not point at Sessions", StringComparison.Ordinal));

    [Fact]
    public void A_room_that_uses_the_facade_is_found() =>
        Assert.Contains($"{House}.Routing.ByFacade uses {House}.MqttBroker: Routing must not point at Facade", Found);

    [Fact]
    public void A_room_without_a_row_in_the_table_is_found() =>
        Assert.Contains($"{House}.Cellar.InAnUnknownRoom: the room Cellar is not in the table of arrows", Found);

    [Fact]
    public void What_every_room_may_use_is_not_reported() =>
        Assert.DoesNotContain(Found, line => line.Contains(".Fine ", StringComparison.Ordinal));
}
