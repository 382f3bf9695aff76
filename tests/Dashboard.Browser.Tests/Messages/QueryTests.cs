using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests.Messages;

/// <summary>The search box of the Messages page, and several streams.</summary>
public sealed class QueryTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task Conditions_select_messages_and_stand_in_the_address_for_somebody_else() => Look(async page =>
    {
        await Listen(page, "/messages");
        await page.Locator("[data-search]").FillAsync($"{Topic}/+ json.temp>=20 by:pi-* -{Topic}/noise");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("filter=.*json.temp"));

        await Publish($"{Topic}/1", """{"temp":21}""", "-i", "pi-07");
        await Publish($"{Topic}/noise", """{"temp":22}""", "-i", "pi-07");
        await Publish($"{Topic}/2", """{"temp":19}""", "-i", "pi-07");
        await Publish($"{Topic}/3", """{"temp":23}""", "-i", "laptop");
        await Publish($"{Topic}/4", "<b>{\"temp\":24", "-i", "pi-08");
        await Publish($"{Topic}/5", """{"temp":25}""", "-i", "pi-08");

        await Assertions.Expect(Rows(page)).ToHaveCountAsync(2);
        await Assertions.Expect(Rows(page).First).ToContainTextAsync($"{Topic}/5");

        var colleague = await page.Context.NewPageAsync();
        await colleague.Open(page.Url);
        await Assertions.Expect(colleague.Locator("[data-search]")).ToHaveValueAsync($"{Topic}/+ json.temp>=20 by:pi-* -{Topic}/noise");
    });

    [Fact]
    public Task A_filter_that_asks_for_more_than_a_topic_gives_no_example_that_would_not_match() => Look(async page =>
    {
        await page.Open($"/messages?filter={Topic}");
        await Assertions.Expect(page.Locator("main .copyable code")).ToContainTextAsync($"-t \"{Topic}\"");

        foreach (var filter in (string[])[$"{Topic} value>30", $"{Topic} by:me", $"{Topic}/$(id)", $"{Topic}/`id`", "$SYS/#"])
        {
            await page.Open("/messages?filter=" + Uri.EscapeDataString(filter));
            await Assertions.Expect(page.GetByText("Every message that arrives from now on and that matches")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("main .copyable code")).ToHaveCountAsync(0);
        }
    });

    [Fact]
    public Task The_keyboard_completes_topics_and_conditions() => Look(async page =>
    {
        await Publish($"{Topic}/hall/temperature", "21");
        await Listen(page, "/messages");

        await page.Locator("[data-search]").PressSequentiallyAsync($"{Topic}/ha");
        await Assertions.Expect(Options(page).First).ToHaveTextAsync($"{Topic}/hall/");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("[data-search]")).ToHaveValueAsync($"{Topic}/hall/");
        await page.Locator("[data-search]").PressSequentiallyAsync("t");
        await Assertions.Expect(Options(page).First).ToHaveTextAsync($"{Topic}/hall/temperature");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-search]")).ToHaveValueAsync($"{Topic}/hall/temperature ");
        await page.Locator("[data-search]").PressSequentiallyAsync("val");
        await Assertions.Expect(Options(page)).ToContainTextAsync(["value>"]);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Options(page)).ToHaveCountAsync(0);
    });

    [Fact]
    public Task An_added_stream_that_is_still_empty_survives_a_reload() => Look(async page =>
    {
        await page.Open($"/messages?filter={Topic}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a stream" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("streams=2"));

        await page.Open(page.Url);

        await Assertions.Expect(page.Locator("[data-stream]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-stream='2'] [data-arrived]")).ToHaveTextAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove stream 2" }).ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new System.Text.RegularExpressions.Regex("streams="));
    });

    [Fact]
    public Task Two_streams_stand_side_by_side_or_merged_and_survive_a_reload() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}/a");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a stream" }).ClickAsync();
        var second = page.Locator("[data-stream='2'] input");
        await Assertions.Expect(second).ToBeEditableAsync();
        await second.FillAsync($"{Topic}/#");
        await second.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-stream='2'] [data-arrived]")).ToHaveTextAsync("0 arrived");
        await Publish($"{Topic}/a", "one");
        await Publish($"{Topic}/b", "two");

        var columns = page.Locator(".column");
        await Assertions.Expect(columns.Nth(0).Locator("[data-row]")).ToHaveCountAsync(1);
        await Assertions.Expect(columns.Nth(1).Locator("[data-row]")).ToHaveCountAsync(2);

        await page.GetByRole(AriaRole.Radio, new() { Name = "Merged" }).CheckAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(2);
        await Assertions.Expect(Rows(page).Nth(1).GetByTitle("Stream 1")).ToBeVisibleAsync();
        await Assertions.Expect(Rows(page).Nth(1).GetByTitle("Stream 2")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTitle("Download the 2 messages")).ToHaveCountAsync(2);

        await page.Open(page.Url);
        await Assertions.Expect(page.Locator("[data-stream='1'] input")).ToHaveValueAsync($"{Topic}/a");
        await Assertions.Expect(page.Locator("[data-stream='2'] input")).ToHaveValueAsync($"{Topic}/#");
        await Assertions.Expect(page.Locator(".column")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove stream 1" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"\?filter=browser%2F\d+%2F%23&view"));
        await Assertions.Expect(page.Locator("[data-stream]")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task What_is_shown_is_downloaded_with_no_formula_in_it() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}");
        await Publish(Topic, "=1+1");
        await Publish(Topic, "-5.5");
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(2);

        var csv = await Download(page, "CSV");
        var ndjson = await Download(page, "NDJSON");

        Assert.Contains($"{Topic},'=1+1,text,4,true,1,false", csv, StringComparison.Ordinal);
        Assert.Contains($"{Topic},-5.5,text", csv, StringComparison.Ordinal);
        Assert.Contains("\"payload\":\"=1+1\"", ndjson, StringComparison.Ordinal);
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(2);
    });

    [Fact]
    public Task Payloads_of_all_kinds_are_shown_as_what_they_are() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}");
        await Publish(Topic, "");
        await Tool.Run("sh", "-c", $"printf '\\377\\376\\000' | mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t {Topic} -q 1 -s");
        await Tool.Run("sh", "-c", $"head -c 10000 /dev/zero | tr '\\0' '[' | mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t {Topic} -q 1 -s");
        await Publish(Topic, "1e999");

        await Assertions.Expect(Rows(page)).ToHaveCountAsync(4);
        await Assertions.Expect(Rows(page).Nth(3)).ToContainTextAsync("empty");
        await Assertions.Expect(Rows(page).Nth(2)).ToContainTextAsync("0x ff fe 00");
        await Assertions.Expect(Rows(page).Nth(1)).ToContainTextAsync("[[[[");
        await Rows(page).Nth(1).ClickAsync();
        await Assertions.Expect(page.Locator("pre")).ToContainTextAsync("[[[[");
        await Assertions.Expect(Rows(page).First).ToContainTextAsync("1e999");
    });

    [Fact]
    public Task A_Spanish_reader_reads_Spanish() => Look(
        async page =>
        {
            await page.Open($"/messages?filter={Topic}%23");

            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pausar" })).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByText("Todavía no se escucha nada")).ToBeVisibleAsync();
        },
        language: "es");

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, true)]
    public Task Several_streams_suggestions_and_help_are_accessible(ColorScheme colours, bool onPhone) => Look(
        async page =>
        {
            await Listen(page, $"/messages?filter={Topic}/%23&filter2=qso:1");
            await Publish($"{Topic}/a", "1");
            await Assertions.Expect(Rows(page)).ToHaveCountAsync(1);
            await page.GetByText("How to write a query").ClickAsync();
            await page.Locator("[data-stream='1'] input").FillAsync("");
            await Assertions.Expect(Options(page).First).ToBeVisibleAsync();
            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        onPhone ? Screen.Phone : Screen.Desktop,
        colours);

    private static async Task Listen(IPage page, string address)
    {
        await page.Open(address);
        await Assertions.Expect(page.Locator("[data-arrived]").First).ToContainTextAsync("arrived");
        await Assertions.Expect(page.Locator("[data-search]")).ToBeEditableAsync();
    }

    private static ILocator Options(IPage page) => page.Locator(".query [role=option]");

    private static ILocator Rows(IPage page) => page.Locator("[data-row]");

    private static async Task<string> Download(IPage page, string format)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = format, Exact = true }).ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }
}
