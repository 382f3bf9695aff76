using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

/// <summary>What the page of one client tells of it, and what two operators who act on it at once are told.</summary>
[Collection(DashboardInBrowser.SecondCollection)]
public sealed class ClientDetailTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    private string ClientId => $"{Topic}-pi";

    private string Details => "/clients/details?id=" + Uri.EscapeDataString(ClientId);

    [Fact]
    public Task What_is_in_flight_and_what_waits_are_bars_up_to_the_clients_own_receive_maximum_with_their_messages() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-V", "5", "-D", "connect", "receive-maximum", "3");
        await Tool.Run("kill", "-STOP", $"{subscriber.ProcessId}"); // from now on it acknowledges nothing
        for (var i = 0; i < 5; i++)
        {
            await Publish(Topic, $"message {i}");
        }

        await page.Open(Details);

        await Assertions.Expect(Bar(page, "In flight")).ToHaveAttributeAsync("aria-valuetext", "3 of 3");
        await Assertions.Expect(Bar(page, "Queued")).ToHaveAttributeAsync("aria-valuenow", "2");
        await Assertions.Expect(Bar(page, "Queued bytes")).ToHaveAttributeAsync("aria-valuetext", new Regex(@"^\d+ B of .+B$"));
        var waiting = page.Locator("section:has(.bars) li");
        await Assertions.Expect(waiting).ToHaveCountAsync(5);
        await Assertions.Expect(waiting.First).ToContainTextAsync("PUBACK");
        await Assertions.Expect(waiting.First).ToContainTextAsync("message 0");
        await Assertions.Expect(waiting.Last).ToContainTextAsync("queued");
        await Assertions.Expect(waiting.Last).ToContainTextAsync("message 4");

        await Tool.Run("kill", "-CONT", $"{subscriber.ProcessId}");
        await subscriber.WaitForLine($"received {Topic} message 4");
        await Assertions.Expect(waiting).ToHaveCountAsync(0);
    });

    [Fact]
    public Task The_will_is_shown_with_its_properties() => Look(async page =>
    {
        await using var subscriber = await Subscribe(
            Topic, "-i", ClientId, "-V", "5", "--will-topic", $"{Topic}/gone", "--will-payload", "<b>bye</b>", "--will-qos", "1", "--will-retain",
            "-D", "will", "will-delay-interval", "30", "-D", "will", "content-type", "text/plain", "-D", "will", "user-property", "room", "cellar");
        await page.Open(Details);

        var will = page.Locator("section:has(h2:text-is('Will'))");
        await Assertions.Expect(will).ToContainTextAsync($"{Topic}/gone");
        await Assertions.Expect(will).ToContainTextAsync("<b>bye</b>");
        await Assertions.Expect(will).ToContainTextAsync("30 s");
        await Assertions.Expect(will).ToContainTextAsync("QoS 1");
        await Assertions.Expect(will.Locator("dt:text-is('room') + dd")).ToHaveTextAsync("cellar");
        await Assertions.Expect(will.Locator("dl")).ToContainTextAsync("text/plain");
    });

    [Fact]
    public Task A_long_story_says_that_it_was_cut_and_leads_to_the_whole_of_it() => Look(async page =>
    {
        // From one address they would become two lines with a count.
        await Tool.Run("sh", "-c", $"for i in $(seq 10 60); do mosquitto_pub -h 127.0.0.1 -A 127.0.0.$i -p {Dashboard.Ports.Tcp} -i {ClientId} -t {Topic} -m 1; done");
        await page.Open(Details);
        var story = page.Locator("section:has(h2:text-is('What happened'))");
        await Assertions.Expect(story).ToContainTextAsync("The newest 100 are shown.");
        await Assertions.Expect(story.Locator("li")).ToHaveCountAsync(100);

        await story.GetByRole(AriaRole.Link, new() { Name = "All events of this client" }).ClickAsync();

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Events");
        await Assertions.Expect(page.Locator(".events li")).ToHaveCountAsync(102);
    });

    [Fact]
    public Task Two_devices_that_share_one_id_are_called_out_with_both_addresses() => Look(async page =>
    {
        // Each comes back when the other has taken its id.
        await using var one = Tool.Start("mosquitto_sub", "-h", "127.0.0.1", "-A", "127.0.0.2", "-p", $"{Dashboard.Ports.Tcp}", "-i", ClientId, "-t", Topic);
        await using var other = Tool.Start("mosquitto_sub", "-h", "127.0.0.1", "-A", "127.0.0.3", "-p", $"{Dashboard.Ports.Tcp}", "-i", ClientId, "-t", Topic);

        await page.Open("/clients/refused");

        var warning = page.Locator(".banner.warning").Filter(new() { HasText = ClientId });
        await Assertions.Expect(warning).ToContainTextAsync("127.0.0.2");
        await Assertions.Expect(warning).ToContainTextAsync("127.0.0.3");
        await page.Open(Details);
        await Assertions.Expect(page.Locator(".banner.warning")).ToContainTextAsync("127.0.0.2");
    });

    [Fact]
    public Task Of_two_operators_who_remove_the_same_subscription_the_second_is_told() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", ClientId);
        var other = await page.Context.NewPageAsync();
        await page.Open(Details);
        await other.Open(Details);
        var remove = new PageGetByRoleOptions { Name = "Remove the subscription" };
        await page.GetByRole(AriaRole.Button, remove).ClickAsync();
        await other.GetByRole(AriaRole.Button, remove).ClickAsync();

        await Confirm(page, "Remove");
        await Assertions.Expect(page.Locator("p.outcome")).ToContainTextAsync("Removed: the subscription to");
        await Confirm(other, "Remove");

        await Assertions.Expect(other.Locator("p.outcome")).ToContainTextAsync("There was no subscription to");
    });

    [Theory]
    [InlineData("User name", "-u", "mallory", "Connection error: Banned")]
    [InlineData("Address or network", "-A", "127.0.0.9", "The connection was lost")]
    public Task A_ban_of_a_user_or_an_address_keeps_it_out_for_the_time_that_was_chosen(string kind, string option, string value, string answer) => Look(async page =>
    {
        await page.Open("/clients/bans");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a ban" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = kind }).CheckAsync();
        var form = page.Locator("form.ban");
        await form.GetByRole(AriaRole.Textbox, new() { Name = kind }).FillAsync(value);
        await form.GetByRole(AriaRole.Combobox).SelectOptionAsync(new SelectOptionValue { Value = "1" });
        await form.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();

        var row = page.Locator(".bans li").Filter(new() { HasText = value });
        await Assertions.Expect(row).ToContainTextAsync(new Regex("59 min|60 min|1 h"));
        await using var refused = Tool.Start("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-V", "5", "-t", Topic, "-m", "x", option, value);
        await Eventually.Holds(() => refused.ToString().Contains(answer, StringComparison.Ordinal), () => $"nobody was refused. {refused}");
        await Assertions.Expect(row).ToContainTextAsync("attempt");

        await row.GetByRole(AriaRole.Button, new() { Name = "Lift" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await Publish(Topic, "again", option, value);
    });

    [Fact]
    public Task A_very_long_user_name_leaves_the_page_its_shape() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-u", new string('u', 60_000));
        await page.Open("/clients/details?id=" + Uri.EscapeDataString(ClientId));

        await Assertions.Expect(page.Locator("dt:text-is('User name') + dd")).ToContainTextAsync("uuuu");

        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollHeight"), 400, 4_000);
    });

    [Fact]
    public Task The_list_counts_the_keep_alive_down_and_sorts_by_the_rate() => Look(async page =>
    {
        await using var quiet = await Subscribe($"{Topic}/quiet", "-i", $"{ClientId}-quiet", "-k", "60");
        await using var busy = await Subscribe($"{Topic}/busy", "-i", $"{ClientId}-busy", "-k", "60");
        await using var publisher = Tool.Start("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-i", $"{ClientId}-source", "-t", $"{Topic}/busy", "-m", "x", "--repeat", "100000", "--repeat-delay", "0.02");
        await page.Open("/clients?filter=" + Uri.EscapeDataString("id:" + ClientId) + "&sort=-sent");

        var rows = page.Locator("tbody tr");
        await Assertions.Expect(rows.First).ToContainTextAsync($"{ClientId}-busy");
        await Assertions.Expect(rows.First.Locator("[data-label=Out]")).ToHaveTextAsync(new Regex(@"^\d\d"));
        await page.GetByRole(AriaRole.Button, new() { Name = "In", Exact = true }).ClickAsync();
        await Assertions.Expect(rows.First).ToContainTextAsync($"{ClientId}-source");

        await page.Open("/clients/details?id=" + Uri.EscapeDataString($"{ClientId}-quiet"));
        await Assertions.Expect(page.Locator("dt:text-is('Keep alive') + dd")).ToContainTextAsync(new Regex(@"^60 s, cut in 1:[0-3]\d$"));
    });

    private static ILocator Bar(IPage page, string name) => page.GetByRole(AriaRole.Meter, new() { Name = name, Exact = true });

    private static Task Confirm(IPage page, string button) =>
        page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = button }).ClickAsync();
}
