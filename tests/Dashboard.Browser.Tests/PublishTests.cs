namespace Dashboard.Browser.Tests;

public sealed class PublishTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public Task A_message_reaches_mosquitto_sub_with_its_QoS(int qos) => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-q", "2", "-F", "received %t QoS %q %p");
        await page.Open("/publish");

        await page.GetByLabel("Topic", Exactly).FillAsync(Topic);
        await page.GetByLabel("Payload", Exactly).FillAsync("hello");
        await page.GetByLabel($"QoS {qos}", Exactly).CheckAsync();
        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();

        await subscriber.WaitForLine($"received {Topic} QoS {qos} hello");
        await Assertions.Expect(Result(page)).ToHaveTextAsync("Sent to 1 session.");
    });

    [Fact]
    public Task Ctrl_and_Enter_send_what_is_being_written() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await page.Open($"/publish?topic={Topic}");

        await page.GetByLabel("Payload", Exactly).FillAsync("two\nlines");
        await page.GetByLabel("Payload", Exactly).PressAsync("Control+Enter");

        await subscriber.WaitForLine($"received {Topic} two");
    });

    [Theory]
    [InlineData("house/+/light", "contains +, a wildcard that is only for subscribing")]
    [InlineData("house/#", "contains #, a wildcard that is only for subscribing")]
    public Task A_bad_topic_is_explained_while_typing(string topic, string words) => Look(async page =>
    {
        await page.Open("/publish");

        await page.GetByLabel("Topic", Exactly).FillAsync(topic);
        await Assertions.Expect(page.Locator("#topic-hint")).ToContainTextAsync(words);
        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();

        await Assertions.Expect(Result(page)).ToContainTextAsync("Not published");
    });

    [Fact]
    public Task When_nobody_is_subscribed_the_near_miss_is_named() => Look(async page =>
    {
        var upper = Topic + "/TEMP";
        await using var subscriber = await Subscribe(upper, "-i", $"listener-{Topic}");
        await page.Open($"/publish?topic={Topic}/temp");

        await Assertions.Expect(page.Locator("#topic-hint")).ToContainTextAsync($"listener-{Topic} listens to {upper}: upper and lower case differ");
        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();

        await Assertions.Expect(Result(page)).ToContainTextAsync("Nobody is subscribed to this topic");
    });

    [Fact]
    public Task Who_would_receive_it_is_shown_before_it_is_sent() => Look(async page =>
    {
        await page.Open($"/publish?topic={Topic}/a");
        await Assertions.Expect(page.Locator("#topic-hint")).ToContainTextAsync("Nobody is subscribed");

        await using var subscriber = await Subscribe(Topic + "/+", "-i", $"listener-{Topic}");

        await Assertions.Expect(page.Locator("#topic-hint")).ToHaveTextAsync("1 session would receive this.");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, Named($"listener-{Topic}"))).ToBeVisibleAsync();
    });

    [Fact]
    public Task What_was_sent_can_be_sent_again_and_changed() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await page.Open($"/publish?topic={Topic}");
        await page.GetByLabel("Payload", Exactly).FillAsync("first");
        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();
        await subscriber.WaitForLine($"received {Topic} first");
        await page.GetByLabel("Payload", Exactly).FillAsync("second");

        await page.GetByRole(AriaRole.Button, Named($"Send again to {Topic}")).ClickAsync();
        await Eventually.Holds(() => subscriber.Lines.Count(line => line == $"received {Topic} first") == 2, () => $"it came again. {subscriber}");

        await page.GetByRole(AriaRole.Button, Named($"Edit the message to {Topic}")).First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Payload", Exactly)).ToHaveValueAsync("first");
    });

    [Fact]
    public Task The_message_as_a_command_does_the_same() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await page.Open($"/publish?topic={Topic}");
        await page.GetByLabel("Payload", Exactly).FillAsync("""{"it's": "$HOME"}""");
        await page.GetByText("As a command").ClickAsync();

        var command = await page.GetByLabel("The same message with mosquitto_pub").InnerTextAsync();
        await Tool.Run("bash", "-c", command);

        await subscriber.WaitForLine($$"""received {{Topic}} {"it's": "$HOME"}""");
    });

    [Fact]
    public Task MQTT_5_properties_arrive() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-V", "5", "-F", "received %t %C %P");
        await page.Open($"/publish?topic={Topic}");
        await page.GetByText("MQTT 5 properties").ClickAsync();
        await page.GetByLabel("Content type").FillAsync("text/plain");
        await page.GetByText("Add a user property").ClickAsync();
        await page.GetByLabel("Name of user property 1").FillAsync("room");
        await page.GetByLabel("Value of user property 1").FillAsync("roof");

        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();

        await subscriber.WaitForLine($"received {Topic} text/plain room:roof");
    });

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public Task It_is_accessible_with_everything_on_it(ColorScheme colours) => Look(
        async page =>
        {
            await using var subscriber = await Subscribe(Topic);
            await page.Open($"/publish?topic={Topic}");
            await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();
            await Assertions.Expect(Result(page)).ToContainTextAsync("Sent to");
            await page.GetByText("MQTT 5 properties").ClickAsync();
            await page.GetByText("As a command").ClickAsync();
            await page.GetByText("Add a user property").ClickAsync();
            await page.GetByLabel("Message expiry, seconds").FillAsync("soon");
            await page.GetByLabel("Hex", Exactly).CheckAsync();
            await page.GetByLabel("Payload", Exactly).FillAsync("no hex");
            await Assertions.Expect(page.Locator("#payload-hint")).ToContainTextAsync("is not a hex digit");

            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        colours: colours);

    private static PageGetByLabelOptions Exactly => new() { Exact = true };

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };

    private static ILocator Result(IPage page) => page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { Visible = true }).Last;
}
