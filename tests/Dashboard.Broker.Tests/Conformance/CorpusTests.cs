using Dashboard.Broker.Tests.Fixture;
using Dashboard.Corpus;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>Every malformed packet of the corpus over a real socket: it ends its own connection, with the right reason, and no other.</summary>
public sealed class CorpusTests(CorpusTests.OneBroker broker) : IClassFixture<CorpusTests.OneBroker>
{
    public static TheoryData<string> Malformed => [.. CorpusPacket.Malformed.Select(packet => packet.ToString()).Distinct()];

    public static TheoryData<string> Valid => [.. CorpusPacket.Valid.Select(packet => packet.ToString())];

    [Theory, MemberData(nameof(Malformed))]
    [Statement("3.1.1", "MQTT-1.5.3-1", "MQTT-1.5.3-2", "MQTT-2.2.2-1", "MQTT-2.2.2-2", "MQTT-2.3.1-1", "MQTT-3.1.3-10", "MQTT-3.3.1-2", "MQTT-3.3.1-4", "MQTT-3.3.2-1", "MQTT-3.3.2-2", "MQTT-3.6.1-1", "MQTT-3.8.1-1", "MQTT-3.8.3-1", "MQTT-3.8.3-3", "MQTT-3-8.3-4", "MQTT-3.10.1-1", "MQTT-3.10.3-1", "MQTT-3.10.3-2", "MQTT-3.14.1-1", "MQTT-4.7.1-1", "MQTT-4.7.3-1", "MQTT-4.7.3-2")]
    [Statement("5.0", "MQTT-1.5.4-1", "MQTT-1.5.4-2", "MQTT-1.5.7-1", "MQTT-2.1.3-1", "MQTT-2.2.1-3", "MQTT-3.1.3-11", "MQTT-3.3.1-2", "MQTT-3.3.1-4", "MQTT-3.3.2-1", "MQTT-3.3.2-2", "MQTT-3.3.2-8", "MQTT-3.3.2-13", "MQTT-3.3.2-14", "MQTT-3.3.2-19", "MQTT-3.3.4-6", "MQTT-3.6.1-1", "MQTT-3.8.1-1", "MQTT-3.8.3-1", "MQTT-3.8.3-2", "MQTT-3.8.3-4", "MQTT-3.8.3-5", "MQTT-3.10.1-1", "MQTT-3.10.3-1", "MQTT-3.10.3-2", "MQTT-3.14.1-1", "MQTT-3.15.1-1", "MQTT-4.7.0-1", "MQTT-4.7.3-1", "MQTT-4.7.3-2")]
    public async Task A_malformed_packet_ends_its_own_connection_and_no_other(string name)
    {
        var packet = CorpusPacket.Malformed.First(candidate => candidate.ToString() == name);
        await using var innocent = await broker.ConnectAsync(packet.Version);
        await using var client = await RawClient.OpenAsync(broker.Host.TcpPort, packet.Version);
        if (packet.Bytes[0] >> 4 == (int)PacketType.Connect)
        {
            await client.SendBytesAsync(packet.Bytes);
            await ExpectRefusalAsync(client, packet);
        }
        else
        {
            await client.ConnectAsync(new ConnectPacket { Version = packet.Version, ClientId = "wrong" });
            await client.SendBytesAsync(packet.Bytes);
            await client.ExpectClosedAsync(packet.Reason);
        }

        await innocent.ExpectNothingAsync();
    }

    [Theory, MemberData(nameof(Valid))]
    public async Task A_valid_packet_leaves_the_connection_open(string name)
    {
        var packet = CorpusPacket.Valid.Single(candidate => candidate.ToString() == name);
        if ((PacketType)(packet.Bytes[0] >> 4) is PacketType.Connect or PacketType.Disconnect or PacketType.Auth || name.Contains("topic alias", StringComparison.Ordinal))
        {
            return; // They have tests of their own.
        }

        await using var client = await broker.ConnectAsync(packet.Version);
        await client.SendBytesAsync(packet.Bytes);
        await client.SendAsync(PacketType.PingReq);
        object? answer;
        do
        {
            answer = await client.ReceiveAsync();
            Assert.True(answer is not (null or DisconnectPacket), $"{name}: {answer}");
        }
        while (answer is not PacketType.PingResp);
    }

    /// <summary>MQTT 5.0 may be told why; before, only a wrong version and a wrong client identifier have a word.</summary>
    private static async Task ExpectRefusalAsync(RawClient client, CorpusPacket packet)
    {
        var answer = await client.ReceiveAsync();
        var hasWord = packet.Version == ProtocolVersion.V500 ? packet.Bytes.Length > 4 && packet.Bytes[0] == 0x10 : packet.Reason is ReasonCode.UnsupportedProtocolVersion or ReasonCode.ClientIdentifierNotValid;
        if (hasWord)
        {
            Assert.Equal(packet.Reason, Assert.IsType<ConnAckPacket>(answer).Reason);
            client.FinishSending();
            answer = await client.ReceiveAsync();
        }

        Assert.Null(answer);
    }

    public sealed class OneBroker : IAsyncLifetime
    {
        public BrokerHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await BrokerHost.StartAsync(new ManualTime());

        public async Task<RawClient> ConnectAsync(ProtocolVersion version)
        {
            var client = await RawClient.OpenAsync(Host.TcpPort, version);
            await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = Guid.NewGuid().ToString("N") });
            return client;
        }

        public Task DisposeAsync() => Host.DisposeAsync().AsTask();
    }
}
