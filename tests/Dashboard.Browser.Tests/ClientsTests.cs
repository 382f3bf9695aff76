using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(DashboardInBrowser.SecondCollection)]
public sealed class ClientsTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    /// <summary>A client id with everything that an address could trip over.</summary>
    private string ClientId => $"{Topic} pi 07%2F&id=é?#+\"<b>";

    [Fact]
    public Task A_client_appears_with_its_subscription_within_two_seconds() => Look(async page =>
    {
        await page.Open("/clients?filter=" + Uri.EscapeDataString(Topic));

        await using var subscriber = await Subscribe(Topic + "/#", "-i", ClientId, "-u", "ana");
        using var clock = FairClock.Start();

        var row = Row(page, ClientId);
        await Assertions.Expect(row).ToBeVisibleAsync();
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Soon);
        await Assertions.Expect(row).ToContainTextAsync("user ana");
        await Assertions.Expect(row).ToContainTextAsync("MQTT 3.1.1 over TCP");
        await Assertions.Expect(row.Locator("[data-label=Subs]")).ToHaveTextAsync("1");

        await row.GetByRole(AriaRole.Link).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(ClientId);
        await Assertions.Expect(page.GetByText(Topic + "/#")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(ClientId);
    });

    [Fact]
    public Task Disconnecting_asks_first_says_what_happened_and_the_client_notices() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-V", "5");
        await page.Open(Details(ClientId));

        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Its session ends with it: 1 subscription and 0 waiting messages are gone.");
        Assert.DoesNotContain(subscriber.Lines, line => line.Contains("DISCONNECT", StringComparison.Ordinal));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();

        await Assertions.Expect(Outcome(page)).ToContainTextAsync("Disconnected.");
        await subscriber.WaitForLine("Received DISCONNECT (152)");
        await Assertions.Expect(page.GetByText("Closed: it was disconnected on the dashboard").First).ToBeVisibleAsync();
    });

    [Fact]
    public Task Who_comes_too_late_is_told_so() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-V", "5", "-x", "60");
        await page.Open(Details(ClientId));
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Its session is kept 1 min after it leaves");

        subscriber.Terminate();
        await Assertions.Expect(page.Locator("h1 + p")).ToContainTextAsync("offline for");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();

        await Assertions.Expect(Outcome(page)).ToContainTextAsync("It had already gone");
    });

    [Fact]
    public Task A_kept_session_shows_its_queue_and_can_be_cleared() => Look(async page =>
    {
        await KeepSession(ClientId);
        await Publish(Topic, "one");
        await Publish(Topic, "two");
        await page.Open("/clients");

        await page.GetByRole(AriaRole.Radio, new() { Name = "Offline" }).CheckAsync();
        await page.GetByRole(AriaRole.Searchbox).FillAsync(Topic);
        var row = Row(page, ClientId);
        await Assertions.Expect(row).ToContainTextAsync("offline for");
        await Assertions.Expect(row).ToContainTextAsync("kept for ever");
        await Assertions.Expect(row.Locator("[data-label=Queued]")).ToHaveTextAsync("2");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("[?&]show=offline"));
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("[?&]filter=browser"));

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear session" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("1 subscription and 2 messages that wait for it are given up for good.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Clear session" }).ClickAsync();

        await Assertions.Expect(Outcome(page)).ToContainTextAsync("Cleared");
        await Assertions.Expect(page.GetByText("Not here now")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Its session was cleared on the dashboard")).ToBeVisibleAsync();
    });

    [Fact]
    public Task An_http_request_to_the_mqtt_port_is_explained() => Look(async page =>
    {
        using var http = new HttpClient();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync($"http://127.0.0.1:{Dashboard.Ports.Tcp}/some/page"));

        await page.Open("/clients/refused");

        await Assertions.Expect(page.GetByText("an HTTP or WebSocket client came to the port for plain MQTT").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("from 127.0.0.1").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("It began with the text “GET /some/page H”").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("reason code 0x82 Protocol error").First).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_message_of_256_MB_is_refused_with_its_size_and_what_to_do() => Look(async page =>
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", Dashboard.Ports.Tcp);
        var stream = socket.GetStream();
        var id = Encoding.UTF8.GetBytes($"{Topic}-huge");
        await stream.WriteAsync((byte[])[0x10, (byte)(12 + id.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, 60, 0, (byte)id.Length, .. id]);
        await stream.ReadExactlyAsync(new byte[4]);
        await stream.WriteAsync((byte[])[0x30, 0xFF, 0xFF, 0xFF, 0x7F]);
        Assert.Equal(0, await stream.ReadAsync(new byte[1])); // before a byte of it has come

        await page.Open("/clients/refused?filter=" + Uri.EscapeDataString($"{Topic}-huge"));

        await Assertions.Expect(page.Locator(".refusals li")).ToContainTextAsync("268,435,460 bytes");
        await Assertions.Expect(page.Locator(".refusals li .advice")).ToContainTextAsync("Broker:MaxPacketSize");
    });

    [Fact]
    public Task Refusals_are_searched_and_stand_still_under_whoever_reads() => Look(async page =>
    {
        await Knock();
        await page.Open("/clients/refused?filter=127.0.0.1");
        var row = page.Locator(".refusals li").Filter(new() { HasText = "an HTTP or WebSocket client" });
        var held = page.Locator(".tools [role=status]");
        await row.HoverAsync();
        var before = await row.Locator(".when small").TextContentAsync();

        await Knock();
        await Assertions.Expect(held).ToContainTextAsync(" new;");
        await Assertions.Expect(row.Locator(".when small")).ToHaveTextAsync(before!);

        await page.Locator("h1").HoverAsync();
        await Assertions.Expect(held).ToHaveTextAsync("");
        await Assertions.Expect(row.Locator(".when small")).Not.ToHaveTextAsync(before!);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("no such cause");
        await Assertions.Expect(page.GetByText("No such refusal")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Events_are_found_by_the_client_id() => Look(async page =>
    {
        await Publish(Topic, "x", "-i", ClientId);

        await page.Open("/clients/events?filter=" + Uri.EscapeDataString(Topic));

        var events = page.Locator(".events li");
        await Assertions.Expect(events).ToHaveCountAsync(2);
        await Assertions.Expect(events.Last).ToContainTextAsync("Connected over TCP");
    });

    [Fact]
    public Task More_than_a_hundred_rows_are_drawn_only_where_they_are_seen() => Look(async page =>
    {
        for (var i = 0; i < 120; i++)
        {
            await KeepSession($"{Topic}/{i:000}");
        }

        await page.Open("/clients?filter=" + Uri.EscapeDataString(Topic));

        await Assertions.Expect(page.GetByText("120 found")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, $"{Topic}/000")).ToBeVisibleAsync();
        Assert.InRange(await page.Locator("tbody tr.offline").CountAsync(), 5, 60);
        await page.Locator(".table-frame").EvaluateAsync("frame => frame.scrollTop = frame.scrollHeight");
        await Assertions.Expect(Row(page, $"{Topic}/119")).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("/clients", ColorScheme.Light, false)]
    [InlineData("/clients", ColorScheme.Dark, true)]
    [InlineData("/clients/refused", ColorScheme.Dark, false)]
    [InlineData("/clients/events", ColorScheme.Light, true)]
    [InlineData("details", ColorScheme.Light, false)]
    [InlineData("details", ColorScheme.Dark, true)]
    public async Task With_data_the_pages_are_accessible(string address, ColorScheme colours, bool onPhone)
    {
        await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-u", "ana", "--will-topic", Topic, "--will-payload", "{\"gone\":true}");
        await KeepSession(ClientId + "2");
        await Knock();

        await Look(
            async page =>
            {
                await page.Open(address == "details" ? Details(ClientId) : address);

                Assert.False(
                    await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                    "the page is wider than the screen");
                await Accessibility.AssertNoSeriousAxeViolations(page);
            },
            onPhone ? Screen.Phone : Screen.Desktop,
            colours);
    }

    /// <summary>Comes to the MQTT port with HTTP.</summary>
    private async Task Knock()
    {
        using var http = new HttpClient();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync($"http://127.0.0.1:{Dashboard.Ports.Tcp}/"));
    }

    private static string Details(string clientId) => "/clients/details?id=" + Uri.EscapeDataString(clientId);

    private static ILocator Row(IPage page, string clientId) =>
        page.Locator("tbody tr").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = clientId, Exact = true }) });

    private static ILocator Outcome(IPage page) => page.Locator("p.outcome");
}
