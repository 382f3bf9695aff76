using System.Text.RegularExpressions;

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
    public Task What_two_tabs_sent_is_remembered_together() => Look(async page =>
    {
        var other = await page.Context.NewPageAsync();
        await page.Open("/publish");
        await other.Open("/publish");
        await Send(page, "one");
        await Send(other, "two");
        await Send(page, "three");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Send again to {Topic}/two"))).ToBeVisibleAsync();

        await other.Open("/publish");

        foreach (var name in new[] { "one", "two", "three" })
        {
            await Assertions.Expect(other.GetByRole(AriaRole.Button, Named($"Send again to {Topic}/{name}"))).ToBeVisibleAsync();
        }

        async Task Send(IPage tab, string name)
        {
            await tab.GetByLabel("Topic", Exactly).FillAsync($"{Topic}/{name}");
            await tab.Keyboard.PressAsync("Control+Enter");
            await Assertions.Expect(tab.GetByRole(AriaRole.Button, Named($"Send again to {Topic}/{name}"))).ToBeVisibleAsync();
            await IsRemembered(tab, $"{Topic}/{name}");
        }
    });

    [Fact]
    public Task On_a_slow_line_each_press_sends_a_message() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await new SlowLine(TimeSpan.FromMilliseconds(200)).Lay(page);
        await page.Open($"/publish?topic={Topic}");

        foreach (var payload in (string[])["1", "2", "3"])
        {
            await page.GetByLabel("Payload", Exactly).FillAsync(payload);
            await page.Keyboard.PressAsync("Control+Enter");
        }

        await subscriber.WaitForLine($"received {Topic} 3");
        Assert.Equal(["1", "2", "3"], subscriber.Lines.Where(line => line.StartsWith("received", StringComparison.Ordinal)).Select(line => line[^1..]));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Send again to {Topic}"))).ToHaveCountAsync(3);
        await page.Until("topic => JSON.parse(localStorage.getItem('sent') ?? '[]').filter(sent => sent.draft.topic === topic).length === 3", Topic);
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
    [InlineData("$SYS/broker/uptime", "Only the broker itself publishes on $SYS")]
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

        await Assertions.Expect(Result(page)).ToContainTextAsync("It reached nobody: nobody was subscribed to this topic");
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
    public Task The_QoS_that_each_would_get_it_at_is_the_lower_one() => Look(async page =>
    {
        await using var one = await Subscribe(Topic, "-i", $"one-{Topic}");
        await using var two = await Subscribe(Topic, "-i", $"two-{Topic}", "-q", "2");
        await page.Open($"/publish?topic={Topic}");
        await page.GetByRole(AriaRole.Radio, new() { Name = "QoS 2" }).CheckAsync();

        await Assertions.Expect(Receiver($"one-{Topic}")).ToContainTextAsync("QoS 1");
        await Assertions.Expect(Receiver($"two-{Topic}")).ToContainTextAsync("QoS 2");
        await page.GetByRole(AriaRole.Radio, new() { Name = "QoS 0" }).CheckAsync();
        await Assertions.Expect(Receiver($"two-{Topic}")).ToContainTextAsync("QoS 0");

        ILocator Receiver(string name) => page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = name });
    });

    [Fact]
    public Task What_was_published_leads_to_its_journey() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", $"reader-{Topic.Replace('/', '-')}");
        await page.Open($"/publish?topic={Topic}");
        await page.GetByRole(AriaRole.Radio, new() { Name = "QoS 1" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "who got it, and when" }).First.ClickAsync();

        await Assertions.Expect(page.Locator($"[data-receiver='reader-{Topic.Replace('/', '-')}']")).ToContainTextAsync("acknowledged");
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

    [Theory]
    [InlineData("mosquitto_pub", "bash", "-c")]
    [InlineData("curl", "bash", "-c")]
    [InlineData("paho", "/usr/bin/python3", "-c")]
    [InlineData("MQTT.js", "node", "-e")]
    public Task The_message_as_a_command_does_the_same(string way, string program, string option) => Look(async page =>
    {
        const string payload = """{"it's": "$HOME \\ `x` !! 100%", "ä": "\u2028"}""";
        await using var subscriber = await Subscribe(Topic, "-V", "5", "-F", "received %t %p %C %D %P");
        await page.Open($"/publish?topic={Topic}&payload={Uri.EscapeDataString(payload + "\n\u2028\u0007")}&qos=1&contentType=a%22b&correlation=it%27s&name=x%27y&value=%24HOME&name=x%27y&value=2");
        await page.GetByText("As a command").ClickAsync();
        await page.GetByLabel(way, Exactly).CheckAsync();

        var command = await page.GetByLabel($"The same message with {way}").TextContentAsync();
        await using var tool = Tool.Start(program, Path.Combine(Repository.Root, "tests", "Dashboard.Interop.Tests", "node"), [option, command!]);
        Assert.True(await tool.WaitForExit() == 0, tool.ToString());

        await subscriber.WaitForLine($"received {Topic} {payload}");
        await subscriber.WaitForLine("\u2028\u0007 a\"b it's x'y:$HOME x'y:2");
    });

    [Fact]
    public Task A_link_opens_the_whole_message_and_sends_nothing() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await page.Open($"/publish?topic={Topic}");
        await page.GetByLabel("Hex", Exactly).First.CheckAsync();
        await page.GetByLabel("Payload", Exactly).FillAsync("6f 6e");
        await page.GetByLabel("QoS 2", Exactly).CheckAsync();
        await page.GetByText("As a command").ClickAsync();
        await page.GetByLabel("Link", Exactly).CheckAsync();
        var link = await page.GetByLabel("The same message with link").InnerTextAsync();

        await page.Open(link);

        await Assertions.Expect(page.GetByLabel("Payload", Exactly)).ToHaveValueAsync("6f 6e");
        await Assertions.Expect(page.GetByLabel("QoS 2", Exactly)).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();
        await subscriber.WaitForLine($"received {Topic} on");
        Assert.Single(subscriber.Lines, line => line.StartsWith("received", StringComparison.Ordinal));
    });

    [Fact]
    public Task A_file_is_the_payload() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-F", "received %l");
        await page.Open($"/publish?topic={Topic}");
        await WriteAsFileAsync(page);
        await page.GetByLabel("File to send").Choose(new FilePayload { Name = "photo.bin", MimeType = "application/octet-stream", Buffer = new byte[1_500_000] });
        await Assertions.Expect(page.Locator("#payload-hint")).ToHaveTextAsync("photo.bin is sent as it is, byte by byte.");
        await Assertions.Expect(page.Locator(".file")).ToContainTextAsync("photo.bin 1.5 MB");

        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();

        await subscriber.WaitForLine("received 1500000");
    });

    [Fact]
    public Task A_file_is_dropped_let_go_by_the_keyboard_and_chosen_again() => Look(async page =>
    {
        var folder = Directory.CreateTempSubdirectory("dropped-");
        var file = Path.Combine(folder.FullName, "notes.txt");
        await File.WriteAllTextAsync(file, "0123456789");
        await page.Open($"/publish?topic={Topic}");
        await WriteAsFileAsync(page);
        await Assertions.Expect(page.Locator(".file")).ToContainTextAsync("drop it here");

        await DropAsync(page, file);
        await Assertions.Expect(page.Locator(".file")).ToContainTextAsync("notes.txt 10 B");
        await page.GetByRole(AriaRole.Button, Named("Remove notes.txt")).PressAsync("Enter");

        await Assertions.Expect(page.Locator(".file")).ToContainTextAsync("drop it here");
        await Assertions.Expect(page.GetByLabel("File to send")).ToBeFocusedAsync();
        await page.GetByLabel("File to send").Choose(file);
        await Assertions.Expect(page.Locator(".file")).ToContainTextAsync("notes.txt 10 B");
        folder.Delete(recursive: true);
    });

    /// <summary>The control hears of files once it is known to the framework's script.</summary>
    [Fact]
    public Task An_address_for_another_topic_lets_go_of_the_message_that_came_with_it() => Look(async page =>
    {
        await page.Open($"/publish?topic={Topic}%2Fa&payload=one&qos=1");
        await Assertions.Expect(page.GetByLabel("Payload", Exactly)).ToHaveValueAsync("one");

        await page.Locator("#topic").FillAsync($"{Topic}/b");
        await page.Locator("#topic").PressAsync("Tab");

        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/publish\?topic=browser%2F\d+%2Fb$"));
    });

    private static async Task WriteAsFileAsync(IPage page)
    {
        await page.GetByLabel("File", Exactly).CheckAsync();
        await page.Until("document.querySelector('#payload')?._blazorInputFileNextFileId !== undefined");
    }

    /// <summary>As the system's files are dropped, which no event of a script can do.</summary>
    private static async Task DropAsync(IPage page, string file)
    {
        var box = (await page.Locator(".file").BoundingBoxAsync())!;
        var hand = await page.Context.NewCDPSessionAsync(page);
        foreach (var step in new[] { "dragEnter", "dragOver", "drop" })
        {
            await hand.SendAsync("Input.dispatchDragEvent", new()
            {
                ["type"] = step,
                ["x"] = box.X + (box.Width / 2),
                ["y"] = box.Y + (box.Height / 2),
                ["data"] = new { items = Array.Empty<object>(), files = new[] { file }, dragOperationsMask = 1 },
            });
        }
    }

    [Fact]
    public Task A_file_that_the_broker_does_not_take_is_refused_before_it_is_read() => Look(async page =>
    {
        var large = Path.GetTempFileName();
        await using (var file = File.OpenWrite(large))
        {
            file.SetLength(256 * 1024 * 1024);
        }

        await page.Open($"/publish?topic={Topic}");
        await WriteAsFileAsync(page);
        await page.GetByLabel("File to send").Choose(large);

        await Assertions.Expect(page.Locator("#payload-hint")).ToContainTextAsync("has 268 MB; the broker takes messages up to 16.8 MB (Broker:MaxPacketSize)");
        File.Delete(large);
    });

    [Fact]
    public Task What_was_sent_is_remembered_by_the_browser() => Look(async page =>
    {
        await page.Open($"/publish?topic={Topic}");
        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();
        await Assertions.Expect(Result(page)).ToContainTextAsync("reached nobody");
        await IsRemembered(page, Topic);

        await page.Open("/publish");

        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Send again to {Topic}"))).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_shared_subscription_is_said_with_its_group() => Look(async page =>
    {
        await using var one = await Subscribe($"$share/workers/{Topic}");
        await using var two = await Subscribe($"$share/workers/{Topic}");
        await page.Open($"/publish?topic={Topic}");

        await Assertions.Expect(page.Locator("#topic-hint")).ToHaveTextAsync("One member of a shared subscription would receive this.");
        await Assertions.Expect(page.GetByText("One of 2")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("shared: workers")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Deep_json_is_sent_as_it_stands_and_not_formatted() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-F", "received %l");
        await page.Open($"/publish?topic={Topic}");
        await page.GetByLabel("JSON", Exactly).CheckAsync();
        await page.GetByLabel("Payload", Exactly).FillAsync(new string('[', 10_000) + new string(']', 10_000));
        await Assertions.Expect(page.Locator("#payload-hint")).ToHaveTextAsync("20 kB, valid JSON");

        await page.GetByRole(AriaRole.Button, Named("Format")).ClickAsync();
        await Assertions.Expect(page.Locator("#payload-hint")).ToContainTextAsync("Not formatted");
        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();

        await subscriber.WaitForLine("received 20000");
    });

    [Fact]
    public Task Every_MQTT_5_property_arrives() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-V", "5", "-F", "received %t %C %P expires=%E format=%F correlation=%D response=%R");
        await page.Open($"/publish?topic={Topic}");
        await page.GetByText("MQTT 5 properties").ClickAsync();
        await page.GetByLabel("Content type").FillAsync("text/plain");
        await page.GetByLabel("Message expiry, seconds").FillAsync("600");
        await page.GetByLabel("Response topic").FillAsync($"{Topic}/answer");
        await page.GetByLabel("Correlation data").FillAsync("no-7");
        await page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex("UTF-8") }).CheckAsync();
        await page.GetByText("Add a user property").ClickAsync();
        await page.GetByLabel("Name of user property 1").FillAsync("room");
        await page.GetByLabel("Value of user property 1").FillAsync("roof");

        await page.GetByRole(AriaRole.Button, Named("Publish")).ClickAsync();

        await subscriber.WaitForLine($"received {Topic} text/plain room:roof expires=600 format=1 correlation=no-7 response={Topic}/answer");
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
            await page.GetByText("Repeat it").ClickAsync();
            await page.GetByText("Save it").ClickAsync();
            await page.GetByText("Add a user property").ClickAsync();
            await page.GetByLabel("Message expiry, seconds").FillAsync("soon");
            await page.GetByLabel("Hex", Exactly).First.CheckAsync();
            await page.GetByLabel("Payload", Exactly).FillAsync("no hex");
            await Assertions.Expect(page.Locator("#payload-hint")).ToContainTextAsync("is not a hex digit");

            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        colours: colours);

    private static PageGetByLabelOptions Exactly => new() { Exact = true };

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };

    private static ILocator Result(IPage page) => page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { Visible = true }).Last;

    private static Task IsRemembered(IPage page, string topic) =>
        page.Until("topic => localStorage.getItem('sent')?.includes(topic) ?? false", topic);
}
