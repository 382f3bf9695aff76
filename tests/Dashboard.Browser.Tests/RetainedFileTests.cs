using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

public sealed class RetainedFileTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    private const int Messages = 10;

    [Fact]
    public Task An_export_says_how_many_messages_are_sent_of_how_many() => Look(async page =>
    {
        await StoreMoreThanSocketsHold();
        var link = await OpenExport(page);
        using var reader = new HttpClient();

        using var slow = await reader.GetAsync(link, HttpCompletionOption.ResponseHeadersRead);
        await Assertions.Expect(page.Locator("[data-exporting]")).ToHaveTextAsync(new Regex($@"^\s*[0-9] of {Messages} messages sent\s*$"));
        await Accessibility.AssertNoSeriousAxeViolations(page);
        await slow.Content.CopyToAsync(Stream.Null);

        await Assertions.Expect(page.GetByText($"Exported {Messages} messages.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-exporting]")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task An_export_that_is_cancelled_says_how_far_it_came() => Look(async page =>
    {
        await StoreMoreThanSocketsHold();
        var link = await OpenExport(page);
        using var reader = new HttpClient();

        using (await reader.GetAsync(link, HttpCompletionOption.ResponseHeadersRead))
        {
            await Assertions.Expect(page.Locator("[data-exporting]")).ToBeVisibleAsync();
        }

        await Assertions.Expect(page.GetByText(new Regex($@"The export was stopped after [0-9] of {Messages} messages\."))).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("older=2d", "older is one of")]
    [InlineData("size=3", "size is one of")]
    [InlineData("sort=sideways", "sort is one of")]
    [InlineData("filter=a%23", "write a/#")]
    public async Task What_is_not_understood_exports_nothing_instead_of_everything(string query, string words)
    {
        using var client = new HttpClient();

        using var answer = await client.GetAsync(new Uri($"{Dashboard.Address}/retained/file?{query}"));

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_that_is_refused_says_what_the_proxy_has_to_do()
    {
        await using var chromium = await Chromium.Launch(); // a page of its own, as the browser complains of the refusal
        var page = await chromium.Browser.NewPageAsync(new() { Locale = "en" });
        await page.Open($"{Dashboard.Address}/retained");
        // What the server answers when a proxy has taken the browser's Host away.
        await page.RouteAsync("**/retained/file?follow=*", async route =>
        {
            using var http = new HttpClient();
            using var content = new StringContent("x");
            using var answer = await http.PostAsync(new Uri(route.Request.Url), content);
            await route.FulfillAsync(new() { Status = (int)answer.StatusCode, Body = await answer.Content.ReadAsStringAsync() });
        });

        await page.GetByLabel("Import a file…").SetInputFilesAsync(new FilePayload { Name = "a.ndjson", MimeType = "application/x-ndjson", Buffer = "{}"u8.ToArray() });

        await Assertions.Expect(page.GetByText("a reverse proxy has to pass on the header Host")).ToBeVisibleAsync();
    }

    private async Task StoreMoreThanSocketsHold()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, new byte[1024 * 1024]); // Zeros, of which JSON writes six bytes each.
        for (var i = 0; i < Messages; i++)
        {
            await Tool.Run("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-t", $"{Topic}/{i}", "-q", "1", "-r", "-f", file]);
        }

        File.Delete(file);
    }

    private async Task<Uri> OpenExport(IPage page)
    {
        await page.Open($"/retained?filter={Topic}/%23");
        return new Uri(new Uri(Dashboard.Address), await page.GetByText("Export what is shown").GetAttributeAsync("href"));
    }
}
