using System.Net.Sockets;
using System.Text;
using Xunit.Abstractions;

namespace Dashboard.Browser.Tests;

/// <summary>The Clients page with 10,000 sessions: how long a person waits for what they scroll to and search for.</summary>
[Collection(nameof(AloneOnTheProcessor))]
public sealed class ManyClientsTests(ITestOutputHelper output)
{
    private const int Sessions = 10_000;
    private const int Connected = 500;

    /// <summary>The aim is 200 ms; the machine that runs all tests at once gets more.</summary>
    private const int MedianLimit = 500;

    [Fact]
    public async Task Ten_thousand_sessions_are_scrolled_and_searched_without_waiting()
    {
        await using var dashboard = await DashboardProcess.Start("--Broker:Storage=Memory");
        var connected = await ConnectAll(dashboard.Ports.Tcp);
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = Screen.Desktop });
        await page.Open($"{dashboard.Address}/clients");
        await Assertions.Expect(page.Locator(".count")).ToContainTextAsync("9,500 offline");

        var scrolls = await LongList.Scroll(page, ".table-frame.long", "td.who");
        var searches = await LongList.Search(
            page,
            ("c-04242", "td.who a[href$='c-04242']"),
            ("c-09", "td.who a[href$='c-09000']"),
            ("c-00007", "td.who a[href$='c-00007']"),
            ("nobody-of-that-name", "body:not(:has(td.who))"),
            ("c-05000", "td.who a[href$='c-05000']"),
            ("", "td.who a[href$='c-00000']"));

        output.WriteLine($"scroll: {Words(scrolls)}; search: {Words(searches)}");
        Assert.InRange(LongList.Median(scrolls), 0, MedianLimit);
        Assert.InRange(LongList.Median(searches), 0, MedianLimit);

        // In the list of events so many are one line, which stands on the page of each.
        await page.Open($"{dashboard.Address}/clients/details?id=c-02000");
        await Assertions.Expect(page.Locator("li", new() { Has = page.Locator("[data-folded]") }).First).ToContainTextAsync(new System.Text.RegularExpressions.Regex("[0-9],[0-9]{3} times since .* from 127.0.0.1"));
        connected.ForEach(client => client.Dispose());
        dashboard.AssertNoErrorLogged();
    }

    private static string Words(double[] values) => string.Join(' ', values.Select(value => value.ToString("0", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Opens a session for each id; the first ones stay, all others leave it behind.</summary>
    private static async Task<List<TcpClient>> ConnectAll(int port)
    {
        var staying = new List<TcpClient>();
        await Parallel.ForAsync(0, Sessions, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, cancelled) =>
        {
            var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancelled);
            var id = Encoding.ASCII.GetBytes($"c-{i:00000}");
            byte[] connect = [0x10, (byte)(12 + id.Length), 0, 4, .. "MQTT"u8, 4, 0, 0, 0, 0, (byte)id.Length, .. id];
            var stream = client.GetStream();
            await stream.WriteAsync(connect, cancelled);
            await stream.ReadExactlyAsync(new byte[4], cancelled);
            if (i < Connected)
            {
                lock (staying)
                {
                    staying.Add(client);
                }
            }
            else
            {
                client.Dispose();
            }
        });
        return staying;
    }
}
