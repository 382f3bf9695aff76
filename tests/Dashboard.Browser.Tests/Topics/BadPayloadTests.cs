using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests.Topics;

/// <summary>Payloads that break other tools are shown as what they are.</summary>
public sealed class BadPayloadTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    // One red point.
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==";

    [Fact]
    public Task Nothing_is_said_to_be_nothing() => Look(async page =>
    {
        await Publish(Topic, "");
        await page.Open($"/topics?topic={Topic}");

        await Assertions.Expect(Details(page)).ToContainTextAsync("Empty payload: 0 bytes.");
    });

    [Fact]
    public Task Ten_thousand_levels_are_shown_searched_and_closed() => Look(async page =>
    {
        await PublishFile("python3 -c \"print('['*10000 + '{\\\"needle\\\": 7}' + ']'*10000, end='')\"");
        await page.Open($"/topics?topic={Topic}");
        var json = Details(page).Locator("pre");
        await Assertions.Expect(json).ToContainTextAsync("[");

        await json.EvaluateAsync("pre => pre.scrollTop = pre.scrollHeight / 2");
        await Assertions.Expect(json).ToContainTextAsync("\"needle\": 7");
        await Assertions.Expect(json).ToContainTextAsync("10001");

        await json.EvaluateAsync("pre => pre.scrollTop = 0");
        await Assertions.Expect(json).ToHaveTextAsync(new Regex(@"^\s*\["));
        await json.GetByRole(AriaRole.Button).First.ClickAsync();
        await Assertions.Expect(json).ToHaveTextAsync("[ 1 … ]");
        await Details(page).GetByRole(AriaRole.Searchbox).FillAsync("NEEDLE");
        await Assertions.Expect(Details(page)).ToContainTextAsync("1 found");
    });

    [Fact]
    public Task Ten_thousand_levels_are_compared_stored_and_asked_for_without_harm() => Look(async page =>
    {
        const string Deep = "python3 -c \"print('['*10000 + '{0}' + ']'*10000, end='')\"";
        await page.Open($"/messages?filter={Topic}%20json.a%3E1");
        await PublishFile(string.Format(System.Globalization.CultureInfo.InvariantCulture, Deep, 1), "-r");
        await PublishFile(string.Format(System.Globalization.CultureInfo.InvariantCulture, Deep, 2), "-r");
        await Publish(Topic, "1e999", "-r");
        await Publish(Topic, """{"a":1e999}""", "-r");
        await page.Open($"/topics?topic={Topic}");
        await Details(page).GetByRole(AriaRole.Radio, new() { Name = "Changes" }).CheckAsync();
        await Assertions.Expect(Details(page)).ToContainTextAsync("1e999");
        await Details(page).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "[[[" }).First.ClickAsync();
        await Assertions.Expect(Details(page)).ToContainTextAsync("[0][0]");

        await PublishFile(string.Format(System.Globalization.CultureInfo.InvariantCulture, Deep, 3), "-r");
        await page.Open($"/retained?topic={Topic}");
        await Assertions.Expect(Details(page).Locator("pre")).ToContainTextAsync("[");
    });

    [Fact]
    public Task Bytes_that_are_no_text_are_hex_and_can_be_read_as_text_and_as_numbers() => Look(async page =>
    {
        await PublishFile(@"printf '\377\376\000\001'");
        await page.Open($"/topics?topic={Topic}");
        await Assertions.Expect(Details(page).Locator("pre")).ToContainTextAsync("ff fe 00 01");

        await As(page, "Text");
        await Assertions.Expect(Details(page)).ToContainTextAsync("not valid UTF-8");
        await As(page, "Base64");
        await Assertions.Expect(Details(page).Locator("pre")).ToHaveTextAsync("//4AAQ==");
        await As(page, "Number");
        await Assertions.Expect(Details(page).Locator("dt:text-is('int32, big-endian') + dd")).ToHaveTextAsync("-131071");
    });

    [Fact]
    public Task A_number_that_no_float_holds_is_said_to_be_one() => Look(async page =>
    {
        await Publish(Topic, "1e999");
        await page.Open($"/topics?topic={Topic}");
        await Assertions.Expect(Details(page).Locator("pre")).ToHaveTextAsync("1e999");

        await As(page, "Number");

        await Assertions.Expect(Details(page)).ToContainTextAsync("1e999: no 64-bit float can hold it");
    });

    [Fact]
    public Task A_picture_is_drawn_but_never_markup() => Look(async page =>
    {
        await PublishFile($"echo {Png} | base64 -d");
        await page.Open($"/topics?topic={Topic}");
        await Assertions.Expect(Details(page).GetByRole(AriaRole.Img, new() { Name = "image/png" })).ToHaveAttributeAsync("src", "data:image/png;base64," + Png);

        await Publish(Topic, "<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'/>");

        await Assertions.Expect(Details(page).Locator("pre")).ToContainTextAsync("<svg");
        await Assertions.Expect(Details(page).GetByRole(AriaRole.Radio, new() { Name = "Image" })).ToHaveCountAsync(0);
    });

    [Fact]
    public Task What_is_cut_says_so_and_is_loaded_whole_from_the_retained_store() => Look(async page =>
    {
        await PublishFile("head -c 300000 /dev/zero | tr '\\0' x; echo END", "-r");
        await page.Open($"/topics?topic={Topic}");
        await Assertions.Expect(Details(page)).ToContainTextAsync("The message is 300 kB long; here are its first 65.5 kB.");

        await Details(page).GetByRole(AriaRole.Button, new() { Name = "Load all" }).ClickAsync();

        await Assertions.Expect(Details(page).Locator("pre")).ToContainTextAsync("END");
        await PublishFile("head -c 300000 /dev/zero | tr '\\0' x; echo XYZ");
        await Assertions.Expect(Details(page).GetByRole(AriaRole.Button, new() { Name = "Load all" })).ToHaveCountAsync(1); // what is there, not the other message
        await Details(page).GetByRole(AriaRole.Radio, new() { Name = "Changes" }).CheckAsync();
        await Assertions.Expect(Details(page)).ToContainTextAsync("The first 65.5 kB are the same, byte by byte. What comes after was not kept");
    });

    [Fact]
    public Task The_largest_payload_that_is_accepted_is_cut_with_a_word_on_both_pages() => Look(async page =>
    {
        await page.Open($"/messages?filter={Topic}");
        await PublishFile("head -c 16000000 /dev/zero | tr '\\0' x");
        await page.Locator(".rows [role=row]").First.ClickAsync();
        await Assertions.Expect(Details(page)).ToContainTextAsync("The message is 16 MB long; here are its first 65.5 kB.");

        await page.Open($"/topics?topic={Topic}");
        await Assertions.Expect(Details(page)).ToContainTextAsync("The message is 16 MB long; here are its first 65.5 kB.");
        await Publish(Topic, "calm");
        await Assertions.Expect(Details(page).Locator("pre")).ToHaveTextAsync("calm");
    });

    private static ILocator Details(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Details" });

    private static Task As(IPage page, string form) => Details(page).GetByRole(AriaRole.Radio, new() { Name = form, Exact = true }).CheckAsync();

    /// <summary>Publishes what a shell command prints.</summary>
    private Task<Tool> PublishFile(string command, string more = "") =>
        Tool.Run("sh", "-c", $"({command}) | mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -q 1 -t {Topic} -s {more}");
}
