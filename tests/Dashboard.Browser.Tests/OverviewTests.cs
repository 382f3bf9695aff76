using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(DashboardInBrowser.SecondCollection)]
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

        await page.Locator(".counters").GetByRole(AriaRole.Link, new() { Name = "Queued" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Clients");
    });

    [Fact]
    public Task The_time_that_the_charts_show_is_in_the_address_and_a_moment_is_read_with_the_keys() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await page.Open("/?range=24h");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Messages, last 1 day" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Radio, new() { Name = "2 h", Exact = true }).CheckAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Dashboard.Address + "/?range=2h");
        var clients = page.GetByRole(AriaRole.Slider, new() { Name = "Clients: numbers of one moment" });
        await clients.FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");

        await Assertions.Expect(clients).ToHaveAttributeAsync("aria-valuetext", new Regex(@"^\d\d:\d\d:\d\d: Connected .+, Sessions .+, Subscriptions "));
    });

    [Fact]
    public Task The_history_can_be_read_as_a_table() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await page.Open("/");

        await page.GetByRole(AriaRole.Button, new() { Name = "Show as a table" }).ClickAsync();

        await Assertions.Expect(page.Locator("table thead")).ToContainTextAsync("Messages in");
        await Assertions.Expect(page.Locator("table tbody tr").First).ToContainTextAsync("MB");
        await Assertions.Expect(page).ToHaveURLAsync(Dashboard.Address + "/?as=table");
        await Accessibility.AssertNoSeriousAxeViolations(page);
    });

    [Fact]
    public Task The_busiest_topics_and_clients_are_named_and_lead_to_their_pages() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", $"listens-{Topic}");
        await page.Open("/?busiest=bytes");
        await Publish(Topic, new string('x', 60_000));

        var topic = page.GetByRole(AriaRole.Link, new() { Name = Topic, Exact = true });
        await Assertions.Expect(topic).ToHaveAttributeAsync("href", $"topics?topic={Uri.EscapeDataString(Topic)}", new() { Timeout = 15_000 });
        await Assertions.Expect(page.Locator("section[aria-label='Busiest topics and clients']").GetByText($"listens-{Topic}")).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_client_that_is_away_while_messages_wait_is_a_slow_consumer() => Look(async page =>
    {
        await KeepSession($"away-{Topic}");
        // A large one: only the fullest are listed, and other tests leave sessions behind too.
        await Tool.Run("sh", "-c", $"head -c 8000000 /dev/zero | mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -q 1 -t {Topic} -s");
        await page.Open("/");

        await Assertions.Expect(page.Locator("#slow li").Filter(new() { HasText = $"away-{Topic}" })).ToContainTextAsync("away · 1 message waits");
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
