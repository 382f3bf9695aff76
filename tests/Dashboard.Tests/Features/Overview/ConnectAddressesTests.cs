using System.Net;
using Dashboard.Broker;
using Dashboard.Features.Overview;

namespace Dashboard.Tests.Features.Overview;

public sealed class ConnectAddressesTests
{
    private static readonly IPAddress[] Machine = [IPAddress.Parse("192.168.1.5"), IPAddress.Parse("10.8.0.2")];

    [Fact]
    public void On_the_loopback_address_only_this_machine_gets_in()
    {
        var addresses = Of("127.0.0.1", "http://localhost:8080/");

        Assert.True(addresses.IsLocalOnly);
        Assert.Equal("127.0.0.1", Assert.Single(addresses.Hosts));
        Assert.Equal("mosquitto_sub -h 127.0.0.1 -t \"#\" -v", addresses.Subscribe("127.0.0.1"));
        Assert.Equal("ws://localhost:8080/mqtt", addresses.OnThisPort("127.0.0.1"));
    }

    [Fact]
    public void On_every_address_the_ones_in_the_networks_are_listed()
    {
        var addresses = Of("0.0.0.0", "http://localhost:8080/");

        Assert.False(addresses.IsLocalOnly);
        Assert.Equal(["192.168.1.5", "10.8.0.2"], addresses.Hosts);
        Assert.Equal("ws://192.168.1.5:8080/mqtt", addresses.OnThisPort("192.168.1.5"));
        Assert.Equal("ws://192.168.1.5:9001", addresses.WebSocket("192.168.1.5"));
    }

    [Fact]
    public void The_way_that_the_browser_came_by_stands_first_and_once()
    {
        Assert.Equal(["broker.school.example", "192.168.1.5", "10.8.0.2"], Of("0.0.0.0", "http://broker.school.example/").Hosts);
        Assert.Equal(["10.8.0.2", "192.168.1.5"], Of("::", "http://10.8.0.2:8080/").Hosts);
    }

    [Fact]
    public void Behind_a_proxy_the_page_says_the_scheme_and_the_sub_path() =>
        Assert.Equal("wss://school.example/tools/mqtt", Of("0.0.0.0", "https://school.example/tools/").OnThisPort("school.example"));

    [Fact]
    public void A_machine_without_networks_is_still_reached_from_itself() =>
        Assert.Equal(["127.0.0.1"], new ConnectAddresses(new BrokerOptions { BindAddress = "0.0.0.0" }, new Uri("http://localhost/"), []).Hosts);

    [Fact]
    public void An_address_of_its_own_and_another_port_are_named()
    {
        var addresses = new ConnectAddresses(new BrokerOptions { BindAddress = "fd00::7", TcpPort = 1884 }, new Uri("http://[fd00::7]:8080/"), Machine);

        Assert.Equal(["[fd00::7]"], addresses.Hosts);
        Assert.Equal("mosquitto_pub -h fd00::7 -p 1884 -t hello -m Hello", addresses.Publish("[fd00::7]"));
        Assert.Equal("ws://[fd00::7]:8080/mqtt", addresses.OnThisPort("[fd00::7]"));
    }

    private static ConnectAddresses Of(string bindAddress, string page) =>
        new(new BrokerOptions { BindAddress = bindAddress }, new Uri(page), Machine);
}
