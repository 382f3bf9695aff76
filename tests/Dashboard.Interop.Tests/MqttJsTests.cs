namespace Dashboard.Interop.Tests;

/// <summary>MQTT.js in Node, over WebSocket.</summary>
public sealed class MqttJsTests(BrokerUnderTest broker) : InteropTest(broker)
{
    [Theory]
    [MemberData(nameof(Doors.OfWebSocketsAndVersionsAndQualities), MemberType = typeof(Doors))]
    public async Task Messages_come_back(Door door, string version, int qos)
    {
        var lines = await RunNode("round_trip.js", door, version, $"{qos}", Topic);

        Assert.Equal([$"{Topic} qos={qos} one", $"{Topic} qos={qos} Grüße 🌍", $"{Topic} qos={qos} 100000"], lines);
    }

    [Theory]
    [MemberData(nameof(Doors.OfWebSocketsAndVersionsAndQualities), MemberType = typeof(Doors))]
    public async Task Many_messages_sent_in_one_go_arrive_in_order(Door door, string version, int qos)
    {
        var lines = await RunNode("in_order.js", door, version, $"{qos}", Topic, "2000");

        Assert.Equal(["2000 in order"], lines);
    }
}
