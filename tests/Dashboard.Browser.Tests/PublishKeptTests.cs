using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

/// <summary>Saved messages and repeating publishers: what the Publish page keeps on the server.</summary>
public sealed class PublishKeptTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task A_message_repeats_with_its_places_filled_until_it_is_deleted() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await page.Open($"/publish?topic={Topic}&payload=%7B%22n%22%3A%7B%7Bcounter%7D%7D%7D");
        await page.GetByText("Repeat it").ClickAsync();
        await Assertions.Expect(page.GetByText("{\"n\":2}")).ToBeVisibleAsync();
        await page.GetByLabel("Payload", Exactly).FillAsync("{\"m\":{{counter}}}");
        await Assertions.Expect(page.GetByText("{\"m\":2}")).ToBeVisibleAsync(); // what is typed above shows in the fold at once
        await page.GetByLabel("Payload", Exactly).FillAsync("{\"n\":{{counter}}}");
        await page.GetByLabel("Every", Exactly).FillAsync("100 ms");
        await page.GetByRole(AriaRole.Button, Named("Start repeating")).ClickAsync();
        await Assertions.Expect(page.GetByText("It runs: the first message goes out in 100 ms.")).ToBeVisibleAsync();

        await subscriber.WaitForLine($"received {Topic} {{\"n\":3}}");
        await page.GetByText("See all that repeats").ClickAsync();
        await page.GetByRole(AriaRole.Button, Named($"Pause {Topic}")).ClickAsync();
        await Assertions.Expect(page.GetByText("paused", new() { Exact = true }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, Named($"Delete {Topic}")).ClickAsync();
        await page.GetByRole(AriaRole.Button, Named("Delete")).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Delete {Topic}"))).ToHaveCountAsync(0);
    });

    [Fact]
    public Task A_template_that_cannot_be_read_is_explained_while_typing() => Look(async page =>
    {
        await page.Open($"/publish?topic={Topic}&payload=%7B%7Brandm%7D%7D");
        await page.GetByText("Repeat it").ClickAsync();

        await Assertions.Expect(page.GetByText("Character 1: “randm” is not known; write counter, random, sine, now or uuid.")).ToBeVisibleAsync();
        await page.GetByLabel("Every", Exactly).FillAsync("1 ms");
        await Assertions.Expect(page.GetByText("The shortest interval is 100 ms (Dashboard:MinRepeatInterval).")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Of_two_people_who_change_the_same_saved_message_the_second_is_told() => Look(async page =>
    {
        await SaveAsync(page, Topic, "first");
        await page.Open("/publish/saved");
        var other = await page.Context.NewPageAsync();
        await other.Open("/publish/saved");
        await page.GetByRole(AriaRole.Button, Named($"Open {Topic}")).ClickAsync();
        await other.GetByRole(AriaRole.Button, Named($"Open {Topic}")).ClickAsync();
        await page.GetByLabel("Payload", Exactly).FillAsync("theirs");
        await page.GetByRole(AriaRole.Button, Named($"Save the changes to {Topic}")).ClickAsync();
        await Assertions.Expect(page.GetByText($"Saved as {Topic}.")).ToBeVisibleAsync();
        await other.GetByLabel("Payload", Exactly).FillAsync("mine");
        await other.GetByRole(AriaRole.Button, Named($"Save the changes to {Topic}")).ClickAsync();

        await Assertions.Expect(other.GetByText("Somebody else changed it meanwhile")).ToBeVisibleAsync();
        await Assertions.Expect(other.GetByLabel("Payload", Exactly)).ToHaveValueAsync("mine");
        await other.GetByRole(AriaRole.Button, Named("Show theirs")).ClickAsync();
        await Assertions.Expect(other.GetByLabel("Payload", Exactly)).ToHaveValueAsync("theirs");
    });

    [Fact]
    public Task Of_two_operators_on_one_repeating_publisher_the_second_is_told_and_nothing_is_lost() => Look(async page =>
    {
        await page.Open($"/publish?topic={Topic}&payload=first");
        await page.GetByText("Repeat it").ClickAsync();
        await page.GetByLabel("Every", Exactly).FillAsync("1 h");
        await page.GetByRole(AriaRole.Button, Named("Start repeating")).ClickAsync();
        await Assertions.Expect(page.GetByText("It runs: the first message goes out in 1 h.")).ToBeVisibleAsync();
        await page.Open("/publish/repeating");
        await Assertions.Expect(page.Locator("[data-full]")).ToContainTextAsync("of at most 100.");
        var other = await page.Context.NewPageAsync();
        await other.Open("/publish/repeating");
        await page.GetByRole(AriaRole.Button, Named($"Edit {Topic}")).ClickAsync();
        await other.GetByRole(AriaRole.Button, Named($"Edit {Topic}")).ClickAsync();

        await page.GetByLabel("Every", Exactly).FillAsync("2 h");
        await page.GetByRole(AriaRole.Button, Named("Save the changes")).ClickAsync();
        await Assertions.Expect(page.Locator(".outcome.good")).ToBeVisibleAsync();
        await other.GetByLabel("Every", Exactly).FillAsync("3 h");
        await other.GetByLabel("Payload", Exactly).FillAsync("mine");
        await other.GetByRole(AriaRole.Button, Named("Save the changes")).ClickAsync();

        await Assertions.Expect(other.GetByText("Somebody else changed it meanwhile")).ToBeVisibleAsync();
        await Assertions.Expect(other.GetByLabel("Payload", Exactly)).ToHaveValueAsync("mine");
        await other.GetByRole(AriaRole.Button, Named("Keep mine as a new one")).ClickAsync();
        await page.Open("/publish/repeating");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Edit {Topic}"))).ToHaveCountAsync(2);

        var stale = page.GetByRole(AriaRole.Button, Named($"Delete {Topic}")).First;
        await stale.ClickAsync();
        await page.GetByRole(AriaRole.Button, Named("Delete")).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Edit {Topic}"))).ToHaveCountAsync(1);
    });

    [Fact]
    public Task JSON_with_places_is_called_valid_and_the_API_counts_what_it_refused() => Look(async page =>
    {
        using var http = new HttpClient();
        using var wrong = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(Dashboard.Address + "/api/publish"), wrong);
        await page.Open($"/publish?topic={Topic}");
        await page.GetByRole(AriaRole.Radio, Named("JSON")).CheckAsync();
        await page.GetByLabel("Payload", Exactly).FillAsync("{\"n\": {{counter}}}");
        await Assertions.Expect(page.Locator("#payload-hint")).ToHaveTextAsync("Valid JSON when it repeats: its places are filled then. Sent once, they go out as they are written.");

        await page.GetByText("As a command").ClickAsync();
        await page.GetByRole(AriaRole.Radio, Named("curl")).CheckAsync();
        await Assertions.Expect(page.Locator("[data-api]")).ToHaveTextAsync(new Regex(@"published \d+ and refused [1-9]\d* \(.*× 400"));
    });

    [Fact]
    public Task Saved_messages_are_exported_and_imported() => Look(async page =>
    {
        await SaveAsync(page, Topic, "x");
        await page.Open("/publish/saved");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, Named($"Export set of {Topic}")).ClickAsync());
        var file = await download.PathAsync();

        await page.GetByLabel("Import a file of saved messages").Choose(file);
        await Assertions.Expect(page.GetByText("0 messages imported. Already there, not imported again: 1.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Open {Topic}"))).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, Named($"Delete {Topic}")).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Open {Topic}"))).ToHaveCountAsync(0);
        await page.GetByLabel("Import a file of saved messages").Choose(file);
        await Assertions.Expect(page.GetByText("1 message imported.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Open {Topic}"))).ToHaveCountAsync(1);

        await page.GetByLabel("Import a file of saved messages").Choose(new FilePayload { Name = "x.json", MimeType = "application/json", Buffer = "{"u8.ToArray() });
        await Assertions.Expect(page.GetByText("Nothing was imported: it is not JSON at line 1, byte 2.")).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("/publish/saved")]
    [InlineData("/publish/repeating")]
    public async Task Whoever_keeps_nothing_on_disk_is_told_so(string address)
    {
        await using var dashboard = await DashboardProcess.Start("--Broker:Storage=Memory");
        await Look(async page =>
        {
            await page.Open(dashboard.Address + address);

            await Assertions.Expect(page.GetByText("Nothing here survives a restart")).ToBeVisibleAsync();
        });
    }

    [Theory]
    [InlineData("/publish/saved", ColorScheme.Light)]
    [InlineData("/publish/saved", ColorScheme.Dark)]
    [InlineData("/publish/repeating", ColorScheme.Light)]
    [InlineData("/publish/repeating", ColorScheme.Dark)]
    public Task The_lists_are_accessible_on_a_phone(string address, ColorScheme colours) => Look(
        async page =>
        {
            await SaveAsync(page, Topic, "x");
            await page.GetByText("Repeat it").ClickAsync();
            await page.GetByLabel("Every", Exactly).FillAsync("1 h"); // nothing that the tests after this one would see
            await page.GetByRole(AriaRole.Button, Named("Start repeating")).ClickAsync();
            await Assertions.Expect(page.GetByText("It runs")).ToBeVisibleAsync();
            await page.Open(address);
            await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Delete {Topic}"))).ToBeVisibleAsync();

            Assert.False(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                "the page is wider than the screen");
            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        Screen.Phone,
        colours);

    private static async Task SaveAsync(IPage page, string topic, string payload)
    {
        await page.Open($"/publish?topic={topic}&payload={payload}");
        await page.GetByText("Save it").ClickAsync();
        await page.GetByLabel("Name", Exactly).FillAsync(topic);
        await page.GetByLabel("Collection", Exactly).FillAsync($"set of {topic}");
        await page.GetByRole(AriaRole.Button, Named("Save")).ClickAsync();
        await Assertions.Expect(page.GetByText($"Saved as {topic}.")).ToBeVisibleAsync();
    }

    private static PageGetByLabelOptions Exactly => new() { Exact = true };

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };
}
