namespace Dashboard.Browser.Tests;

/// <summary>What holds on every page, on both screens and in both themes.</summary>
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
    public Task An_unknown_address_is_answered_with_404_and_a_page() => Look(async page =>
    {
        ExpectComplaint("404");

        var answer = await page.GotoAsync("/nowhere");

        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.Locator("h1")).ToHaveCountAsync(1);
    });
}
