using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Interop.Tests.Paho;

/// <summary>Programs as a beginner writes them: paho's defaults, TCP, MQTT 3.1.1.</summary>
public sealed class CourseProgramTests(BrokerUnderTest broker) : InteropTest(broker)
{
    private const string FastSeconds = "0.05";

    [Fact]
    public async Task A_subscriber_of_SYS_sees_the_broker()
    {
        var program = StartPython("paho/sys_subscriber.py");

        await program.WaitForLine("$SYS/broker/version ");
        await program.WaitForLine("$SYS/broker/uptime ");
        await program.WaitForLine("$SYS/broker/clients/connected ");
        Assert.All(program.Lines, line => Assert.StartsWith("$SYS/broker/", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_subscriber_with_loop_start_and_loop_stop_stops_after_ten_messages()
    {
        var program = StartPython("paho/ten_messages.py", Topic + "/#");
        await program.WaitForLine("subscribed");

        await Publish("-t", Topic + "/temperature", "-m", "21", "--repeat", "15");

        Assert.Equal(0, await program.WaitForExit());
        Assert.Equal(
            ["subscribed", .. Enumerable.Range(1, 10).Select(number => $"{number} {Topic}/temperature 21"), "stopped"], program.Lines);
    }

    [Fact]
    public async Task Random_numbers_arrive_as_they_were_published()
    {
        var subscriber = StartPython("paho/random_subscriber.py", Topic);
        await subscriber.WaitForLine("subscribed");
        var publisher = StartPython("paho/random_publisher.py", Topic, FastSeconds);

        await AssertArrivesAsPublished(publisher, subscriber, "received");
    }

    [Fact]
    public async Task Json_arrives_as_it_was_published()
    {
        var subscriber = StartPython("paho/json_subscriber.py", Topic);
        await subscriber.WaitForLine("subscribed");
        var publisher = StartPython("paho/json_publisher.py", Topic, FastSeconds);

        await AssertArrivesAsPublished(publisher, subscriber, "received Küche");
    }

    [Fact]
    public async Task A_board_with_a_minimal_client_is_switched_and_answers()
    {
        var answers = await Subscribe("-t", Topic + "/answer");
        var board = StartPython("micropython_client.py", Topic + "/led", Topic + "/answer");
        await board.WaitForLine("subscribed");

        await Publish("-q", "1", "-t", Topic + "/led", "-m", "on");
        await answers.WaitForLine("LED is on");
        await Publish("-q", "2", "-t", Topic + "/led", "-m", "off");
        await answers.WaitForLine("LED is off");
        await Publish("-t", Topic + "/led", "-m", "stop");

        Assert.Equal(0, await board.WaitForExit());
        Assert.Equal(["subscribed", $"received {Topic}/led on", $"received {Topic}/led off", $"received {Topic}/led stop"], board.Lines);
    }

    /// <remarks>Waits for both: a message may be at the subscriber before its publisher's own line is.</remarks>
    private static async Task AssertArrivesAsPublished(Tool publisher, Tool subscriber, string received)
    {
        await Eventually.Holds(
            () => Numbers(publisher, "published").Length == 5 && Numbers(subscriber, received).Length == 5,
            () => $"five numbers of both. {publisher} {subscriber}");

        Assert.Equal(Numbers(publisher, "published"), Numbers(subscriber, received));
    }

    /// <summary>The first five numbers after a word.</summary>
    private static double[] Numbers(Tool program, string word) =>
    [
        .. program.Lines
            .Select(line => Regex.Match(line, $"^{word} ([0-9.]+)"))
            .Where(match => match.Success)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .Take(5),
    ];
}
