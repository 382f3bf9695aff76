using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(DashboardInBrowser.SecondCollection)]
public sealed class LanguageTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task A_Spanish_browser_gets_Spanish_pages_and_keeps_them_when_they_come_alive() => Look(
        async page =>
        {
            await page.Open("/topics");

            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
            await Assertions.Expect(page.Locator("nav.nav .bar")).ToContainTextAsync("Mensajes");
            await page.Locator("nav.nav .bar a", new() { HasText = "Mensajes" }).ClickAsync();
            await Assertions.Expect(page.Locator("nav.nav .bar")).ToContainTextAsync("Temas");
        },
        language: "es-MX");

    [Fact]
    public Task The_choice_of_a_language_stays() => Look(async page =>
    {
        await page.Open("/topics");

        await page.Locator("[data-language]").SelectOptionAsync("es");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await page.Open("/clients");

        await Assertions.Expect(page.Locator("nav.nav .bar")).ToContainTextAsync("Mensajes");
        await Assertions.Expect(page.Locator("[data-language]")).ToHaveValueAsync("es");
    });

    [Fact]
    public Task What_is_being_written_is_still_there_in_another_language() => Look(async page =>
    {
        await page.Open($"/publish?topic={Topic}");
        await page.GetByLabel("Payload", new() { Exact = true }).FillAsync("<b>half a sent\u00E9nce & more");
        await page.GetByRole(AriaRole.Radio, new() { Name = "QoS 2" }).CheckAsync();
        await Assertions.Expect(page.Locator("a[data-as-written]")).ToHaveAttributeAsync("href", new Regex("half.*qos=2"));

        await page.Locator("[data-language]").SelectOptionAsync("es");

        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Publicar");
        await Assertions.Expect(page.Locator("#payload")).ToHaveValueAsync("<b>half a sent\u00E9nce & more");
        await Assertions.Expect(page.Locator("input#topic")).ToHaveValueAsync(Topic);
        await Assertions.Expect(page.GetByRole(AriaRole.Radio, new() { Name = "QoS 2" })).ToBeCheckedAsync();
    });

    [Fact]
    public Task A_browser_that_asks_for_a_language_we_do_not_speak_gets_English() => Look(
        async page =>
        {
            await page.Open("/topics");

            await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        },
        language: "fi");

    [Theory]
    [InlineData("Etc/GMT-9")]
    [InlineData("Etc/GMT+7")]
    public Task Whoever_has_another_clock_than_the_server_is_told_whose_the_times_are(string zone) => Look(
        async page =>
        {
            await page.Open("/clients");

            var offset = TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.UtcNow);
            await Assertions.Expect(page.Locator("nav.nav p.clock")).ToHaveTextAsync($"Times are the server’s, UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}.");
        },
        zone: zone);

    [Fact]
    public Task Whoever_has_the_servers_clock_is_not_bothered_with_it() => Look(async page =>
    {
        await page.Open("/clients");
        await page.Until("import('./js/interop.js').then(script => script.minutesEast() === " + TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.UtcNow).TotalMinutes + ")");

        await Assertions.Expect(page.Locator(".clock")).ToHaveCountAsync(0);
    });
}
