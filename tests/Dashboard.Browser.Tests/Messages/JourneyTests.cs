namespace Dashboard.Browser.Tests.Messages;

public sealed class JourneyTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task A_message_tells_who_got_it_and_who_acknowledged() => Look(async page =>
    {
        await using var reader = await Subscribe($"{Topic}/+", "-i", $"reader-{Topic.Replace('/', '-')}");
        await using var member = await Subscribe($"$share/team/{Topic}/#", "-i", $"member-{Topic.Replace('/', '-')}");
        await page.Open($"/messages?filter={Topic}/%23");
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("0 arrived");

        await Publish($"{Topic}/a", "<i>21</i>", "-i", "the-thermometer");
        await page.Locator("[data-row]").ClickAsync();

        var journey = page.Locator(".journey");
        await Assertions.Expect(journey).ToContainTextAsync("2 matching receivers");
        await Assertions.Expect(journey.Locator("[data-publisher] .pill")).ToHaveTextAsync("acknowledged");
        await Assertions.Expect(journey.Locator("[data-publisher] .moments")).ToContainTextAsync("PUBACK");
        var one = journey.Locator($"[data-receiver='reader-{Topic.Replace('/', '-')}']");
        await Assertions.Expect(one).ToContainTextAsync("acknowledged");
        await Assertions.Expect(one.Locator("code")).ToHaveTextAsync($"{Topic}/+");
        await Assertions.Expect(one.Locator(".moments")).ToContainTextAsync("PUBACK");
        await Assertions.Expect(journey.Locator($"[data-receiver='member-{Topic.Replace('/', '-')}']")).ToContainTextAsync("chosen from the 1 of the group team");

        await page.GetByRole(AriaRole.Link, new() { Name = "Open as a page" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Message journey");
        await Assertions.Expect(page.GetByText("<i>21</i>")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-receiver]")).ToHaveCountAsync(2);
        await Accessibility.AssertNoSeriousAxeViolations(page);
    });

    [Fact]
    public Task The_details_of_a_topic_lead_to_the_journey() => Look(async page =>
    {
        await page.Open($"/messages?filter={Topic}");
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("0 arrived");
        await Publish(Topic, "21");
        await page.Locator("[data-row]").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the topic" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "who got it, and when" }).ClickAsync();

        await Assertions.Expect(page.GetByText("no subscription matched")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".kept")).ToContainTextAsync("of at most 2,000 journeys are kept");
    });

    [Fact]
    public Task A_retained_message_says_what_the_store_did_with_it() => Look(async page =>
    {
        await page.Open($"/messages?filter={Topic}");
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("0 arrived");
        await Publish(Topic, "21", "-r");
        await Publish(Topic, "22", "-r");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);
        await page.Locator("[data-row]").First.ClickAsync();

        var publisher = page.Locator("[data-publisher]");
        await Assertions.Expect(publisher).ToContainTextAsync("retained, in the place of an older one");
        await Assertions.Expect(publisher).ToContainTextAsync("acknowledged");
    });

    [Fact]
    public async Task What_comes_while_its_topic_is_open_has_a_journey_and_what_came_before_says_why_it_has_none()
    {
        await using var dashboard = await DashboardProcess.Start(); // on which nobody watches anything else
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync(new() { Locale = "en" });
        string[] publish = ["-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-q", "1", "-t", "t", "-m"];
        await Tool.Run("mosquitto_pub", [.. publish, "before"]);
        await page.Open($"{dashboard.Address}/topics?topic=t");
        await Assertions.Expect(page.Locator("dl.facts")).ToContainTextAsync("none: they are kept of topics that an open page watches");

        await Tool.Run("mosquitto_pub", [.. publish, "while it is open"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "who got it, and when" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-publisher] .pill")).ToHaveTextAsync("acknowledged");
        dashboard.AssertNoErrorLogged();
    }

    [Fact]
    public Task A_message_without_a_journey_says_why() => Look(async page =>
    {
        await page.Open("/messages/journey/999999999");

        await Assertions.Expect(page.Locator("[data-no-journey]")).ToContainTextAsync("No journey was recorded");
        await page.GetByRole(AriaRole.Link, new() { Name = "Watch messages from now on" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Messages");
    });

    [Fact]
    public Task A_journey_goes_on_while_it_is_looked_at() => Look(async page =>
    {
        var client = $"sleeper-{Topic.Replace('/', '-')}";
        await KeepSession(client);
        await page.Open($"/messages?filter={Topic}");
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("0 arrived");
        await Publish(Topic, "while it was away");
        await page.Locator("[data-row]").ClickAsync();
        var receiver = page.Locator($"[data-receiver='{client}']");
        await Assertions.Expect(receiver).ToContainTextAsync("waits in the session");

        await using var back = await Subscribe(Topic, "-i", client, "-c");

        await Assertions.Expect(receiver.Locator(".pill")).ToHaveTextAsync("acknowledged");
    });

    [Fact]
    public Task The_page_of_a_client_counts_what_it_was_refused_and_leads_to_what_comes_next() => Look(async page =>
    {
        var id = $"stubborn {Topic}";
        await using var publisher = Tool.Start("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-t", $"$SYS/{Topic}", "-m", "1", "-i", id, "--repeat", "60", "--repeat-delay", "1"]);
        await page.Open($"/clients/details?id={Uri.EscapeDataString(id)}");

        await page.Locator(".figures").GetByRole(AriaRole.Link, new() { Name = "Refused" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-search]")).ToHaveValueAsync($"refused by:\"{id}\"");
    });

    [Fact]
    public Task A_refused_message_says_why_what_to_do_and_what_its_publisher_knows() => Look(async page =>
    {
        var id = $"intruder-{Topic.Replace('/', '-')}";
        await page.Open($"/messages?filter=refused by:{id}");
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("0 arrived");
        await Publish($"$SYS/{Topic}", "mine", "-i", id);
        await Publish(Topic, "fine", "-i", id);
        await Publish($"$SYS/{Topic}", "<b>again</b>", "-i", id, "-V", "5");

        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-row]").First).ToContainTextAsync("refused");
        await page.Locator("[data-row]").First.ClickAsync();

        await Assertions.Expect(page.Locator("[data-advice]")).ToContainTextAsync("the topics below $SYS are the broker's own");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Show the topic" })).ToHaveCountAsync(0); // there is none
        var journey = page.Locator(".journey");
        await Assertions.Expect(journey.Locator("[data-refused]")).ToContainTextAsync("only the broker itself publishes there (0x87 Not authorized)");
        await Assertions.Expect(journey).ToContainTextAsync("it went to nobody");
        await Assertions.Expect(journey.Locator("[data-publisher] .pill")).ToHaveTextAsync("refused: 0x87 Not authorized");
        await Accessibility.AssertNoSeriousAxeViolations(page);

        await page.Locator("[data-row]").Nth(1).ClickAsync();
        await Assertions.Expect(journey.Locator("[data-publisher] .pill")).ToContainTextAsync("acknowledged all the same");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open as a page" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Message journey");
        await Assertions.Expect(page.Locator("[data-refused]")).ToContainTextAsync("only the broker itself publishes there");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Watch only this topic" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Show the topic" })).ToHaveCountAsync(0);
    });
}
