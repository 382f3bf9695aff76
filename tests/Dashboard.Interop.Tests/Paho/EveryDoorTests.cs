namespace Dashboard.Interop.Tests.Paho;

/// <summary>paho over TCP and over both WebSocket ports, with MQTT 3.1.1 and 5.</summary>
public sealed class EveryDoorTests(BrokerUnderTest broker) : InteropTest(broker)
{
    [Theory]
    [MemberData(nameof(Doors.AndVersionsAndQualities), MemberType = typeof(Doors))]
    public async Task Messages_come_back(Door door, string version, int qos)
    {
        var lines = await RunPython("paho/round_trip.py", door, version, $"{qos}", Topic);

        Assert.Equal(
            [$"{Topic} qos={qos} retain=0 one", $"{Topic} qos={qos} retain=0 Grüße 🌍", $"{Topic} qos={qos} retain=0 100000"], lines);
    }

    [Theory]
    [MemberData(nameof(Doors.AndVersions), MemberType = typeof(Doors))]
    public async Task The_will_is_published_when_the_plug_is_pulled(Door door, string version)
    {
        var watcher = await Subscribe("-t", Topic);
        var program = StartPython("paho/last_will.py", door, version, Topic, "I am gone");
        await program.WaitForLine("connected");

        program.Kill();

        await watcher.WaitForLine($"received {Topic} q=0 r=0 I am gone");
    }

    [Theory]
    [MemberData(nameof(Doors.AndVersions), MemberType = typeof(Doors))]
    public async Task A_retained_message_waits_until_it_is_cleared(Door door, string version)
    {
        var lines = await RunPython("paho/retained.py", door, version, Topic);

        Assert.Equal(["retain=1 left for you", "retain=0 live"], lines);
    }

    [Theory]
    [MemberData(nameof(Doors.AndVersions), MemberType = typeof(Doors))]
    public async Task A_kept_session_gets_what_it_missed_in_order(Door door, string version)
    {
        var lines = await RunPython("paho/offline_queue.py", door, version, Topic);

        Assert.Equal(["session present: 0", "session present: 1", "in order: True"], lines);
    }
}
