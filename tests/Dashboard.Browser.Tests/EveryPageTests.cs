namespace Dashboard.Browser.Tests;

/// <summary>What holds on every page, on both screens and in both themes.</summary>
[Collection(DashboardInBrowser.SecondCollection)]
public sealed class EveryPageTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    private static readonly string[] Pages = ["/", "/topics", "/messages", "/publish", "/publish/saved", "/publish/repeating", "/retained", "/clients"];

    public static TheoryData<string, ColorScheme, bool> PagesInAllLooks()
    {
        var data = new TheoryData<string, ColorScheme, bool>();
        foreach (var page in Pages)
        {
            foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                data.Add(page, colours, false);
                data.Add(page, colours, true);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(PagesInAllLooks))]
    public Task A_page_answers_has_one_heading_and_is_accessible(string address, ColorScheme colours, bool onPhone) => Look(
        async page =>
        {
            var answer = await page.Open(address);

            Assert.Equal(200, answer.Status);
            await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
            Assert.False(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                "the page is wider than the screen");
            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        onPhone ? Screen.Phone : Screen.Desktop,
        colours);

    [Fact]
    public Task A_page_that_is_left_while_its_scripts_come_leaves_no_trouble_behind() => Look(async page =>
    {
        const string LastScript = "js/menu."; // which is asked then for what the document no longer has
        await Publish(Topic, "21");
        var line = new SlowLine(TimeSpan.FromMilliseconds(200));
        await line.Lay(page);
        await page.Open("/publish");
        var askedFor = line.OnItsWay(LastScript);
        await page.Locator("nav.nav .bar a").Filter(new() { HasText = "Topics" }).ClickAsync();
        await askedFor;

        await page.EvaluateAsync("document.querySelector('nav.nav .bar a').click()");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Overview");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Messages in");
        askedFor = line.OnItsWay(LastScript);
        await page.Locator("nav.nav .bar a").Filter(new() { HasText = "Topics" }).ClickAsync();
        await askedFor; // it can be opened again
    });

    [Fact]
    public Task An_unknown_address_is_answered_with_404_and_a_page() => Look(async page =>
    {
        ExpectComplaint("404");

        var answer = await page.GotoAsync("/nowhere");

        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
    });
}
