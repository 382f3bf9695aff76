using Dashboard.Browser.Tests;

namespace Dashboard.Interop.Tests.Browser;

/// <summary>A web page of a user's own, opened as a file, with MQTT.js' browser bundle.</summary>
public sealed class BrowserClientTests(BrokerUnderTest broker) : InteropTest(broker)
{
    public static TheoryData<Door> WebSockets() => new(BrokerUnderTest.IsReference ? [Door.WebSocket] : [Door.WebSocket, Door.Pages]);

    [Theory]
    [MemberData(nameof(WebSockets))]
    public async Task A_page_chats_with_a_client_at_the_command_line(Door door)
    {
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        var commandLine = await Subscribe("-q", "1", "-t", "chat/browser");

        await page.GotoAsync($"file://{Program("browser_client.html")}?{Broker.Address(door)}");
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("subscribed");

        await Publish("-q", "1", "-t", "chat/teacher", "-m", "<b>Good morning</b>");
        await Assertions.Expect(page.GetByRole(AriaRole.Listitem)).ToHaveTextAsync("chat/teacher: <b>Good morning</b>");

        await page.GetByLabel("Say").FillAsync("Grüße aus dem Browser");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await commandLine.WaitForLine("received chat/browser q=1 r=0 Grüße aus dem Browser");

        Assert.Empty(complaints);
    }
}
