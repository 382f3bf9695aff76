using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(DashboardInBrowser.SecondCollection)]
public sealed class ClientPacketsTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    private string ClientId => $"{Topic} <b>pi</b>\u202E";

    private string Packets => "/clients/packets?id=" + Uri.EscapeDataString(ClientId);

    [Fact]
    public Task The_ladder_shows_both_directions_live_and_a_packet_field_by_field_without_its_password() => Look(async page =>
    {
        await page.Open(Packets);
        await Assertions.Expect(page.GetByText("No packets yet")).ToBeVisibleAsync();

        await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-u", "ana", "-P", "geheim-7");
        await Publish(Topic, "hello");

        var rows = page.Locator(".packet");
        await Assertions.Expect(rows.Filter(new() { HasText = "PUBLISH" }).Filter(new() { HasText = Topic })).ToBeVisibleAsync();
        await Assertions.Expect(rows.Filter(new() { HasText = "SUBACK" })).ToBeVisibleAsync();
        await rows.Filter(new() { HasText = "user ana" }).ClickAsync();

        var detail = page.GetByRole(AriaRole.Region, new() { Name = "Details" });
        await Assertions.Expect(detail.GetByRole(AriaRole.Button, new() { Name = "Password hidden" })).ToBeVisibleAsync();
        await Assertions.Expect(detail).Not.ToContainTextAsync("geheim");
        await detail.GetByRole(AriaRole.Button, new() { Name = "User name ana" }).ClickAsync();
        await Assertions.Expect(detail.Locator("mark").First).ToContainTextAsync("00 03 61 6e 61");
    });

    [Fact]
    public Task It_is_filtered_paused_and_exported() => Look(async page =>
    {
        await page.Open(Packets);
        await Assertions.Expect(page.GetByText("No packets yet")).ToBeVisibleAsync();
        await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-P", "geheim-7", "-u", "ana");
        var rows = page.Locator(".packet");
        await Assertions.Expect(rows).ToHaveCountAsync(4);

        await page.GetByLabel("Packet type").SelectOptionAsync("Publish");
        await page.GetByRole(AriaRole.Radio, new() { Name = "To the client" }).CheckAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("type=publish"));
        await Publish(Topic, "one");
        await Assertions.Expect(rows).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-pause]")).ToHaveAttributeAsync("aria-pressed", "true");
        await Publish(Topic, "two");
        await subscriber.WaitForLine($"received {Topic} two"); // by then it is among the packets
        await Assertions.Expect(page.GetByText("Paused · ")).ToBeVisibleAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await page.GetByLabel("Packet type").SelectOptionAsync("");
        await Assertions.Expect(rows.Filter(new() { HasText = "SUBACK" })).ToHaveCountAsync(1);
        await Assertions.Expect(rows.Filter(new() { HasText = "PUBLISH" })).ToHaveCountAsync(1); // of those that were there when it was paused
        await page.GetByLabel("Packet type").SelectOptionAsync("Publish");
        await Assertions.Expect(rows).ToHaveCountAsync(1);

        using var http = new HttpClient();
        var all = await http.GetStringAsync(new Uri(Dashboard.Address + "/clients/packets.ndjson?id=" + Uri.EscapeDataString(ClientId)));
        Assert.Contains("\"type\":\"CONNECT\"", all, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", all, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower("geheim"u8), all, StringComparison.Ordinal);

        Assert.Single(await Export(page)); // what is shown
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        Assert.Equal(2, (await Export(page)).Length);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear", Exact = true }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(0);
        Assert.Empty(await Export(page));
    });

    [Theory]
    [InlineData(ColorScheme.Light, false, "en")]
    [InlineData(ColorScheme.Dark, true, "es")]
    public Task With_packets_the_page_is_accessible(ColorScheme colours, bool onPhone, string language) => Look(
        async page =>
        {
            await page.Open(Packets);
            await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-u", "ana", "-V", "5");
            await Publish(Topic, "{\"value\":21.5}");
            await page.Locator(".packet").First.ClickAsync();
            await Assertions.Expect(page.Locator(".fields")).ToBeVisibleAsync();

            Assert.False(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                "the page is wider than the screen");
            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        onPhone ? Screen.Phone : Screen.Desktop,
        colours,
        language);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_list_scrolls_in_itself_and_hides_no_number(bool onPhone) => Look(
        async page =>
        {
            await page.Open(Packets);
            await using var subscriber = await Subscribe(Topic, "-i", ClientId);
            await Tool.Run("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-t", Topic, "-m", "x", "--repeat", "200", "--repeat-delay", "0.001"]);
            await Eventually.Holds(async () => await page.Locator(".ladder").EvaluateAsync<bool>("list => list.scrollHeight > 4000"), () => "the packets are in the list");
            await page.Locator(".ladder").EvaluateAsync("list => list.scrollTop = 3000");

            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollHeight <= innerHeight"), "the page has a second scrollbar");
            Assert.True(await page.Locator("p.counts").EvaluateAsync<bool>("counts => counts.scrollHeight <= counts.clientHeight + 1"), "the numbers lie behind the list");
        },
        screen: onPhone ? Screen.Phone : Screen.Desktop);

    [Fact]
    public Task Clearing_is_ones_own() => Look(async page =>
    {
        await page.Open(Packets);
        await using var subscriber = await Subscribe(Topic, "-i", ClientId);
        var rows = page.Locator(".packet");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        var colleague = await page.Context.NewPageAsync();
        await colleague.Open(Packets);
        await Assertions.Expect(colleague.Locator(".packet")).ToHaveCountAsync(4);

        await colleague.GetByRole(AriaRole.Button, new() { Name = "Clear", Exact = true }).ClickAsync();
        await Assertions.Expect(colleague.Locator(".packet")).ToHaveCountAsync(0);
        await page.GetByLabel("Packet type").SelectOptionAsync("Connect");

        await Assertions.Expect(rows).ToHaveCountAsync(1);
    });

    private static async Task<string[]> Export(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export NDJSON" }).ClickAsync());
        return await File.ReadAllLinesAsync(await download.PathAsync());
    }
}
