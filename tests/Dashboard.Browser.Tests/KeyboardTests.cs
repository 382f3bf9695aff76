namespace Dashboard.Browser.Tests;

/// <summary>Everything is reached and left again without a mouse.</summary>
[Collection(DashboardInBrowser.SecondCollection)]
public sealed class KeyboardTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task The_first_key_leads_past_the_navigation_to_the_content() => Look(async page =>
    {
        await page.Open("/topics");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        Assert.True(
            await page.EvaluateAsync<bool>("document.querySelector('a, button, input, select, [tabindex=\"0\"]').matches('.skip-link')"),
            "the skip link is the first that the keyboard reaches");
        await page.Locator(".skip-link").FocusAsync();
        await Assertions.Expect(page.Locator(".skip-link")).ToBeInViewportAsync();

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#content")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");

        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('main') !== null"), "the next key is in the content");
    });

    [Theory]
    [InlineData("Disconnect")]
    [InlineData("Ban…")]
    [InlineData("Clear session")]
    public Task Escape_closes_a_dialog_and_the_keyboard_is_where_it_was(string button) => Look(async page =>
    {
        var client = Topic.Replace('/', '-');
        await using var subscriber = await Subscribe(Topic, "-i", client);
        await page.Open($"/clients/details?id={client}");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync(); // the last that the shell does with the focus

        await page.GetByRole(AriaRole.Button, new() { Name = button }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Eventually.Holds(() => page.EvaluateAsync<bool>("document.activeElement.closest('[role=dialog], dialog') !== null"), () => "the keyboard is in the dialog");
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = button })).ToBeFocusedAsync();
    });

    [Fact]
    public Task The_palette_and_the_keys_give_the_keyboard_back() => Look(async page =>
    {
        await page.Open("/topics");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await page.Locator("[data-search]").FocusAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("dialog.palette input")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("[data-search]")).ToBeFocusedAsync();

        await page.Locator("[data-theme-toggle]").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("dialog.keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("[data-theme-toggle]")).ToBeFocusedAsync();
    });

    [Fact]
    public Task Escape_closes_the_details_of_a_message_and_goes_back_to_its_row() => Look(async page =>
    {
        await page.Open($"/messages?filter={Topic}");
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("0 arrived");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Publish(Topic, "one");
        var row = page.Locator("[data-row] button").First;
        await row.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".detail")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator(".detail")).ToHaveCountAsync(0);
        await Assertions.Expect(row).ToBeFocusedAsync();
    });

    [Fact]
    public Task Whoever_wants_no_motion_gets_none() => Look(async page =>
    {
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.Open("/publish");
        await page.EvaluateAsync("document.getElementById('connection-lost').textContent = 'it fades in'");

        var longest = await page.EvaluateAsync<double>("""
            Math.max(0, ...[...document.querySelectorAll('*')].flatMap(element => {
                const style = getComputedStyle(element);
                return [style.transitionDuration, style.animationDuration].flatMap(times => times.split(',').map(parseFloat));
            }))
            """);

        Assert.True(longest < 0.001, $"something moves for {longest} s");
    });
}
