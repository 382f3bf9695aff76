using Dashboard.Features.Clients;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Clients;

public sealed class ClientFilterTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("PI-0", true)]
    [InlineData("ana", true)]
    [InlineData("10.0.0.7", true)]
    [InlineData("tcp", true)]
    [InlineData("5.0", true)]
    [InlineData("pi-07 ana", true)]
    [InlineData("pi-07 bob", false)]
    [InlineData("3.1.1", false)]
    [InlineData("user:ana", true)]
    [InlineData("user:pi", false)]
    [InlineData("address:10.0.0 id:pi", true)]
    [InlineData("id:ana", false)]
    public void Every_word_occurs_somewhere_in_the_row(string text, bool matches)
    {
        var client = SampleClient.Named("pi-07") with { UserName = "ana" };

        Assert.Equal(matches, new ClientFilter(text, ClientState.All).Matches(client));
    }

    [Fact]
    public void Version_transport_and_who_gets_a_topic_narrow_it_down()
    {
        var client = SampleClient.Named("pi") with { Version = ProtocolVersion.V311, Transport = "WebSocket" };

        Assert.True(new ClientFilter("", ClientState.All) { Version = ProtocolVersion.V311, Transport = "WebSocket" }.Matches(client));
        Assert.False(new ClientFilter("", ClientState.All) { Version = ProtocolVersion.V500 }.Matches(client));
        Assert.False(new ClientFilter("", ClientState.All) { Transport = "TCP" }.Matches(client));
        Assert.True(new ClientFilter("", ClientState.All) { Topic = "a/b", Subscribers = new HashSet<string> { "pi" } }.Matches(client));
        Assert.False(new ClientFilter("", ClientState.All) { Topic = "a/b", Subscribers = new HashSet<string>() }.Matches(client));
    }

    [Fact]
    public void Connected_and_offline_are_told_apart()
    {
        var (here, away) = (SampleClient.Named("here"), SampleClient.Offline("away"));

        Assert.True(new ClientFilter("", ClientState.Connected).Matches(here));
        Assert.False(new ClientFilter("", ClientState.Connected).Matches(away));
        Assert.True(new ClientFilter("", ClientState.Offline).Matches(away));
        Assert.False(new ClientFilter("", ClientState.Offline).Matches(here));
    }
}
