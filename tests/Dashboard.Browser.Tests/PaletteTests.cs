using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(DashboardInBrowser.SecondCollection)]
public sealed class PaletteTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task Control_K_and_a_few_letters_lead_to_a_topic() => Look(async page =>
    {
        await Publish($"{Topic}/palette/lamp", "on");
        await page.Open("/clients");

        await OpenPalette(page);
        await page.Keyboard.TypeAsync($"{Topic} lamp");
        await Assertions.Expect(Chosen(page)).ToContainTextAsync($"{Topic}/palette/lamp");
        await Accessibility.AssertNoSeriousAxeViolations(page);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/topics\\?topic="));
        await Assertions.Expect(page.Locator("dialog.palette")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".detail")).ToContainTextAsync("lamp");
    });

    [Fact]
    public Task The_arrows_choose_and_escape_closes() => Look(async page =>
    {
        await page.Open("/");

        await OpenPalette(page);
        await Assertions.Expect(Chosen(page)).ToContainTextAsync("Overview");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(Chosen(page)).ToContainTextAsync("Topics");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(Chosen(page)).Not.ToContainTextAsync("Overview");
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator("dialog.palette")).ToBeHiddenAsync();
    });

    [Fact]
    public Task A_phone_opens_it_by_its_button_and_finds_a_client() => Look(
        async page =>
        {
            await using var client = await Subscribe("nothing", "-i", $"palette {Topic}");
            await page.Open("/topics");

            await page.Locator("[data-palette-open]").ClickAsync();
            await page.Locator("dialog.palette input").FillAsync($"palette {Topic}");
            await page.Locator("dialog.palette a").Filter(new() { HasText = $"palette {Topic}" }).First.ClickAsync();

            await Assertions.Expect(page).ToHaveURLAsync(new Regex("/clients/details\\?id="));
        },
        Screen.Phone);

    [Fact]
    public Task The_keys_are_one_key_away() => Look(async page =>
    {
        await page.Open("/messages");

        await page.Keyboard.PressAsync("?");

        await Assertions.Expect(page.Locator("dialog.keys")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("dialog.keys")).ToContainTextAsync("Pause and go on");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog.keys")).ToBeHiddenAsync();
    });

    private static async Task OpenPalette(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("dialog.palette input")).ToBeEditableAsync();
    }

    private static ILocator Chosen(IPage page) => page.Locator("dialog.palette [aria-selected=true]");
}
