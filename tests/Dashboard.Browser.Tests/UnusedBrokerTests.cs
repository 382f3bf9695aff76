using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

/// <summary>A broker that nobody has used yet, on a phone.</summary>
public sealed class UnusedBrokerTests
{
    [Fact]
    public async Task How_to_use_it_comes_first_and_its_own_topics_are_not_counted_as_the_clients()
    {
        await using var dashboard = await DashboardProcess.Start();
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync(new() { ViewportSize = Screen.Phone, Locale = "en" });
        var complaints = new Complaints();
        complaints.Listen(page);

        await page.Open(dashboard.Address);

        await Assertions.Expect(page.GetByText("Nobody has connected yet")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(page.Locator("#connect code").Nth(1)).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.True(await Top(page, "#connect") < await Top(page, ".counters"));
        await Assertions.Expect(Tile(page, "Topics")).ToHaveTextAsync("0");
        await Assertions.Expect(Tile(page, "Retained")).ToHaveTextAsync("0");
        await Accessibility.AssertNoSeriousAxeViolations(page);

        await Tool.Run("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-q", "1", "-r", "-t", "house/lamp", "-m", "on");

        await Assertions.Expect(page.GetByText("Nobody has connected yet")).ToHaveCountAsync(0);
        Assert.True(await Top(page, "#connect") > await Top(page, ".counters"));
        await Assertions.Expect(Tile(page, "Topics")).ToHaveTextAsync("1");
        await Assertions.Expect(Tile(page, "Retained")).ToHaveTextAsync("1");
        await page.Open(dashboard.Address + "/topics");
        await Assertions.Expect(page.GetByText(new Regex(@"^1 topic and \d\d of \$SYS$"))).ToBeVisibleAsync();
        complaints.AssertNone();
        dashboard.AssertNoErrorLogged();
    }

    private static Task<double> Top(IPage page, string selector) => page.Locator(selector).EvaluateAsync<double>("it => it.getBoundingClientRect().top");

    private static ILocator Tile(IPage page, string label) =>
        page.Locator(".tile").Filter(new() { Has = page.GetByRole(AriaRole.Link, new() { Name = label, Exact = true }) }).Locator(".value");
}
