using Dashboard.Browser.Tests;

namespace Dashboard.Benchmarks.Tour;

/// <summary>What is worth a picture.</summary>
internal static class Scenes
{
    private const string ClimateAddress = "topics?topic=classroom%2Fpi-07%2Fclimate";

    private static readonly Scene Overview = Scene.Of("overview", "");
    private static readonly Scene Topic = new("topics-detail", ClimateAddress, Chart);
    private static readonly Scene Messages = new("messages-detail", "messages?filter=classroom%2F%2B%2Fclimate%20json.humidity%3E50", ChooseMessage);
    private static readonly Scene Publish = new("publish-written", "publish?topic=classroom%2Fpi-07%2Fled%2Fset", Write);
    private static readonly Scene Retained = new("retained-detail", "retained?topic=classroom%2Fconfig%2Fpi-03", Nothing);
    private static readonly Scene Client = Scene.Of("clients-detail", "clients/details?id=night-logger");
    private static readonly Scene Ladder = new("clients-packets", "clients/packets?id=pi-07", ChoosePacket);
    private static readonly Scene Journey = new("messages-journey", "messages?filter=classroom%2Fpi-07%2Fclimate", OpenJourney);

    private static readonly Scene Refused = Scene.Of("clients-refused", "clients/refused");

    /// <summary>The README's tour, in its order.</summary>
    public static IReadOnlyList<(Scene Scene, Look Look)> Tour { get; } =
    [
        (Topic, Look.Desktop),
        (Overview, Look.Desktop),
        (Messages, Look.Desktop),
        (Journey, Look.Desktop),
        (Publish, Look.DesktopDark),
        (Retained, Look.Desktop),
        (Ladder, Look.DesktopDark),
        (Refused, Look.Desktop),
        (Scene.Of("phone", "topics?topic=classroom%2Fpi-07%2Ftemperature"), Look.PhoneDark),
    ];

    /// <summary>A broker that nobody uses yet.</summary>
    public static IReadOnlyList<Scene> Empty { get; } =
    [
        Overview,
        Scene.Of("topics", "topics"),
        Scene.Of("messages", "messages"),
        Scene.Of("publish", "publish"),
        Scene.Of("publish-saved", "publish/saved"),
        Scene.Of("publish-repeating", "publish/repeating"),
        Scene.Of("retained", "retained"),
        Scene.Of("clients", "clients"),
        Scene.Of("clients-events", "clients/events"),
        Scene.Of("clients-refused", "clients/refused"),
        Scene.Of("clients-bans", "clients/bans"),
        Scene.Of("clients-gone", "clients/details?id=pi-99"),
        Scene.Of("clients-packets", "clients/packets?id=pi-99"),
        Scene.Of("journey-gone", "messages/journey/1"),
        Scene.Of("not-found", "not-found"),
    ];

    public static IReadOnlyList<Scene> Everywhere { get; } =
    [
        Overview,
        new("overview-below", "", page => page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)")),
        Scene.Of("topics", "topics"),
        Topic,
        new("topics-history", ClimateAddress, page => page.Locator(".detail").EvaluateAsync("detail => detail.scrollTo(0, detail.scrollHeight)")),
        new("topics-diff", ClimateAddress, page => page.GetByRole(AriaRole.Radio, new() { Name = "Changes" }).CheckAsync()),
        new("topics-menu", "topics", page => page.Locator("[data-row]").Nth(3).ClickAsync(new() { Button = MouseButton.Right })),
        Scene.Of("topics-search", "topics?search=classroom%2F%2B%2Ftemperature"),
        Scene.Of("messages", "messages"),
        Messages,
        Journey,
        Scene.Of("messages-columns", "messages?filter=classroom%2F%2B%2Ftemperature%20value%3E22&filter2=by%3Api-07"),
        Scene.Of("messages-problem", "messages?filter=qso%3A1"),
        new("messages-help", "messages", page => page.GetByText("How to write a query").ClickAsync()),
        Publish,
        new("publish-below", "publish?topic=classroom%2Fpi-07%2Fled%2Fset", WriteAll),
        new("publish-file", "publish?topic=classroom%2Fpi-07%2Fphoto", ChooseFile),
        Scene.Of("publish-miss", "publish?topic=Classroom%2Fpi-07%2Fled%2Fset"),
        new("publish-saved", "publish?topic=classroom%2Fpi-07%2Fled%2Fset&payload=on", Save),
        new("publish-repeating", "publish?topic=classroom%2Fpi-07%2Fled%2Fset&payload=on", RepeatIt),
        Scene.Of("retained", "retained"),
        Retained,
        new("retained-delete", "retained?filter=classroom%2Fconfig%2F%23", page => page.GetByRole(AriaRole.Button, new() { Name = "Delete these…" }).ClickAsync()),
        new("retained-protected", "retained", page => page.GetByRole(AriaRole.Button, new() { Name = "Protected sub-trees" }).ClickAsync()),
        Scene.Of("clients", "clients"),
        Client,
        Scene.Of("clients-slow", "clients/details?id=old-tablet"),
        new("clients-ban", "clients/details?id=pi-07", page => page.GetByRole(AriaRole.Button, new() { Name = "Ban…" }).ClickAsync()),
        Ladder,
        Scene.Of("clients-events", "clients/events"),
        Refused,
        new("clients-bans", "clients/bans", Ban),
        new("palette", "topics", page => Type(page, "Control+k", "pi-07")),
        new("keys", "topics", page => page.Keyboard.PressAsync("?")),
        new("connection-lost", "topics", page => page.EvaluateAsync("const it = document.getElementById('connection-lost'); it.textContent = it.dataset.text")),
    ];

    private static Task Nothing(IPage page) => Task.CompletedTask;

    private static async Task ChooseFile(IPage page)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = "File" }).CheckAsync();
        await page.Until("document.querySelector('#payload')?._blazorInputFileNextFileId !== undefined");
        await page.Locator("#payload").SetInputFilesAsync(new FilePayload { Name = "board-photo.jpg", MimeType = "image/jpeg", Buffer = new byte[84_000] });
        await page.Locator(".file .chosen").WaitForAsync();
    }

    private static Task Chart(IPage page) => page.Locator("figure.chart").WaitForAsync();

    private static async Task ChooseMessage(IPage page)
    {
        await page.Locator("[data-row]").Nth(4).WaitForAsync(new() { Timeout = 20_000 });
        await page.Locator("[data-row]").Nth(2).ClickAsync();
        await page.Locator(".detail pre, .detail .json").First.WaitForAsync();
    }

    private static async Task OpenJourney(IPage page)
    {
        await page.Locator("[data-row]").First.WaitForAsync(new() { Timeout = 20_000 });
        await page.Locator("[data-row]").First.ClickAsync();
        await page.Locator(".journey .heading a").ClickAsync();
        await page.WaitForURLAsync("**/journey/*");
    }

    private static async Task Write(IPage page)
    {
        await page.Locator("textarea").First.FillAsync("{\"led\": \"green\", \"seconds\": 5}");
        await page.GetByRole(AriaRole.Radio, new() { Name = "1", Exact = false }).First.CheckAsync();
        await page.Locator("[data-submit]").ClickAsync();
    }

    private static async Task WriteAll(IPage page)
    {
        await Write(page);
        foreach (var fold in await page.Locator("details > summary").AllAsync())
        {
            await fold.ClickAsync();
        }

        await page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
    }

    private static async Task Save(IPage page)
    {
        await page.Locator("details summary").Filter(new() { HasText = "Save" }).ClickAsync();
        await page.Locator("#save-name").FillAsync("LED on at table 4");
        await page.Locator("#save-collection").FillAsync("Lesson 3");
        await page.Locator("details[open] button.secondary").First.ClickAsync();
        await page.Locator("nav.tabs a[href='publish/saved']").ClickAsync();
    }

    private static async Task RepeatIt(IPage page)
    {
        await page.Locator("details summary").Filter(new() { HasText = "Repeat" }).ClickAsync();
        await page.Locator("details[open] button.secondary").First.ClickAsync();
        await page.Locator("nav.tabs a[href='publish/repeating']").ClickAsync();
    }

    private static async Task ChoosePacket(IPage page)
    {
        await page.Locator(".packet").Nth(3).WaitForAsync(new() { Timeout = 20_000 });
        await page.Locator(".packet").Filter(new() { HasText = "climate" }).First.ClickAsync();
        await page.Locator(".detail .fields").WaitForAsync();
    }

    private static async Task Ban(IPage page)
    {
        if (await page.Locator(".bans li").CountAsync() == 0)
        {
            await page.Locator(".page-header button").ClickAsync();
            await page.Locator(".ban input.mono").FillAsync("noisy-toy");
            await page.GetByLabel("Reason").FillAsync("It publishes 500 messages a second");
            await page.Locator(".ban button[type=submit]").ClickAsync();
        }
    }

    private static async Task Type(IPage page, string key, string text)
    {
        await page.Keyboard.PressAsync(key);
        await page.Locator("dialog[open] input").FillAsync(text);
    }
}
