using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

public sealed class OverviewTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task Figures_move_when_messages_flow() => Look(async page =>
    {
        await page.Open("/");
        await using var subscriber = await Subscribe(Topic, "-i", Topic);

        await Assertions.Expect(Tile(page, "Clients")).Not.ToHaveTextAsync("0");
        await Assertions.Expect(page.Locator(".events").GetByText(Topic, new() { Exact = true }).First).ToBeVisibleAsync();

        using var flowing = new CancellationTokenSource();
        var messages = PublishUntil(flowing.Token);
        await Eventually.Holds(async () => await Number(Tile(page, "Messages in")) > 0, () => "the rate of messages in moves");
        await Eventually.Holds(async () => await Number(Tile(page, "Messages out")) > 0, () => "the rate of messages out moves");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Messages, last 10 min" })).ToBeVisibleAsync();
        await flowing.CancelAsync();
        await messages;

        await Eventually.Holds(async () => await Number(Tile(page, "Messages in")) == 0, () => "the rate of messages in comes to rest");
    });

    [Fact]
    public Task Addresses_can_be_typed_as_they_stand() => Look(async page =>
    {
        await page.Open("/");

        var commands = await page.Locator("#connect code").AllTextContentsAsync();

        Assert.Equal(
            [
                $"mosquitto_sub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t \"#\" -v",
                $"mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t hello -m Hello",
                $"ws://127.0.0.1:{Dashboard.Ports.Pages}/mqtt",
                $"ws://127.0.0.1:{Dashboard.Ports.WebSocket}",
                "--Broker:BindAddress=0.0.0.0",
            ],
            commands.Select(command => command.TrimEnd()));
    });

    [Fact]
    public Task A_limit_that_was_hit_is_named_and_the_same_refusal_is_one_line() => Look(async page =>
    {
        await page.Open("/");
        for (var i = 0; i < 3; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync("127.0.0.1", Dashboard.Ports.Tcp);
            await socket.GetStream().WriteAsync((byte[])[0x10, 0xFF, 0xFF, 0xFF, 0x7F]); // a CONNECT of 256 MB
            Assert.Equal(0, await socket.GetStream().ReadAsync(new byte[1]));
        }

        var hit = page.Locator("#limits-hit li").Filter(new() { HasText = "Broker:MaxConnectPacketSize" });
        await Assertions.Expect(hit).ToContainTextAsync(new Regex(@"[3-9] times, last (now|\d+ s ago), 127\.0\.0\.1:\d+"));
        await Assertions.Expect(page.Locator(".events li").Filter(new() { HasText = "268,435,460 bytes" })).ToContainTextAsync(new Regex(@"\d+ times since [\d:]+ from 127\.0\.0\.1"));
    });

    [Fact]
    public Task Every_counter_leads_to_a_page() => Look(async page =>
    {
        await page.Open("/");

        foreach (var link in await page.Locator(".counters a").AllAsync())
        {
            var address = await link.GetAttributeAsync("href");
            var answer = await page.APIRequest.GetAsync($"{Dashboard.Address}/{address}");
            Assert.True(answer.Ok, $"{address} answers {answer.Status}");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Queued" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Clients");
    });

    [Fact]
    public Task The_state_of_the_broker_stands_on_every_page() => Look(async page =>
    {
        await page.Open("/retained");
        await using var subscriber = await Subscribe(Topic);

        await Assertions.Expect(page.Locator("header")).ToContainTextAsync(new Regex(@"[1-9]\d* clients? · [\d,.]+ msg/s"));
    });

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public async Task With_data_the_page_is_accessible(ColorScheme colours, bool onPhone)
    {
        await using var subscriber = await Subscribe(Topic);
        await Publish(Topic, "x");
        await Look(
            async page =>
            {
                await page.Open("/");
                await Assertions.Expect(page.Locator(".chart").First).ToBeVisibleAsync();

                Assert.False(
                    await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                    "the page is wider than the screen");
                await Accessibility.AssertNoSeriousAxeViolations(page);
            },
            onPhone ? Screen.Phone : Screen.Desktop,
            colours);
    }

    private static ILocator Tile(IPage page, string label) =>
        page.Locator(".tile").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = label, Exact = true }) }).Locator(".value");

    /// <summary>The number of a value with its unit: "1,234/s".</summary>
    private static async Task<double> Number(ILocator value) =>
        double.Parse((await value.InnerTextAsync()).Split('/')[0], CultureInfo.InvariantCulture);

    private async Task PublishUntil(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await Publish(Topic, "x");
        }
    }
}
