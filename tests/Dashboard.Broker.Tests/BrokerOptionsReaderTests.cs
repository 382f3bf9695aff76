using Microsoft.Extensions.Configuration;

namespace Dashboard.Broker.Tests;

public sealed class BrokerOptionsReaderTests
{
    [Fact]
    public void Without_settings_the_defaults_are_valid()
    {
        var (options, errors) = Read();
        Assert.Empty(errors);
        Assert.Equal(("127.0.0.1", 1883, 9001), (options.BindAddress, options.TcpPort, options.WebSocketPort));
    }

    [Fact]
    public void Settings_of_every_type_are_read_whatever_the_case_of_their_names()
    {
        var (options, errors) = Read(("tcpport", "0"), ("ConnectTimeout", "00:00:30"), ("QueueDropPolicy", "newest"), ("CheckPayloadFormat", "false"), ("MaxQueuedBytes", "5000000000"), ("Monitoring:HistoryPerTopic", "7"));
        Assert.Empty(errors);
        Assert.Equal((0, TimeSpan.FromSeconds(30), QueueDropPolicy.Newest, false, 5_000_000_000L, 7), (options.TcpPort, options.ConnectTimeout, options.QueueDropPolicy, options.CheckPayloadFormat, options.MaxQueuedBytes, options.Monitoring.HistoryPerTopic));
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var (_, errors) = Read(
            ("TcpPrt", "1"),
            ("TcpPort", "70000"),
            ("WebSocketPort", "abc"),
            ("BindAddress", "nowhere"),
            ("ConnectTimeout", "00:00:00"),
            ("SysInterval", "soon"),
            ("QueueDropPolicy", "Middle"),
            ("CheckPayloadFormat", "maybe"),
            ("Monitoring:StreamRate", "0"),
            ("Monitoring:Nothing", "1"));
        string[] names = ["TcpPrt", "TcpPort", "WebSocketPort", "BindAddress", "ConnectTimeout", "SysInterval", "QueueDropPolicy", "CheckPayloadFormat", "StreamRate", "Nothing"];
        Assert.All(names, name => Assert.Contains(errors, error => error.Contains(name, StringComparison.Ordinal)));
        Assert.Equal(names.Length, errors.Count);
    }

    [Theory]
    [InlineData("TcpPort", "-1")]
    [InlineData("MaxConnections", "0")]
    [InlineData("MaxConnectionsPerAddress", "-1")]
    [InlineData("MaxMemory", "-1")]
    [InlineData("MaxPublishRate", "10000001")]
    [InlineData("PublishBurst", "0")]
    [InlineData("PublishRatePolicy", "Shout")]
    [InlineData("MaxTopicLength", "65536")]
    [InlineData("MaxPacketSize", "10")]
    [InlineData("MaxInflight", "65536")]
    [InlineData("ReceiveMaximum", "0")]
    [InlineData("TopicAliasMaximum", "65536")]
    [InlineData("MaxKeepAlive", "65536")]
    [InlineData("MaxSessionExpiry", "4294967296")]
    [InlineData("ConnectTimeout", "00:06:00")]
    [InlineData("SysInterval", "00:00:00.5")]
    [InlineData("Monitoring:HistoryPerTopic", "1001")]
    [InlineData("Monitoring:MaxBytes", "1")]
    [InlineData("DataDirectory", "")]
    public void A_value_out_of_range_is_told_with_its_name(string name, string value)
    {
        var error = Assert.Single(Read((name, value)).Errors);
        Assert.Contains(name, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_listeners_on_one_port_are_a_mistake_and_two_that_are_off_are_not()
    {
        Assert.Contains("both 1234", Assert.Single(Read(("TcpPort", "1234"), ("WebSocketPort", "1234")).Errors), StringComparison.Ordinal);
        Assert.Empty(Read(("TcpPort", "0"), ("WebSocketPort", "0")).Errors);
    }

    [Fact]
    public void A_wrong_name_is_told_with_the_names_that_there_are() =>
        Assert.Contains("MaxInflight", Assert.Single(Read(("MaxInflght", "1")).Errors), StringComparison.Ordinal);

    private static (BrokerOptions Options, List<string> Errors) Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Broker:{setting.Name}", (string?)setting.Value)))
            .Build();
        var errors = new List<string>();
        return (BrokerOptionsReader.Read(configuration, errors), errors);
    }
}
