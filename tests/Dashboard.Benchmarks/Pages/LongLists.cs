using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dashboard.Benchmarks.Peers;
using Dashboard.Benchmarks.Reports;
using Dashboard.Browser.Tests;

namespace Dashboard.Benchmarks.Pages;

/// <summary>
/// One tab of a real Chromium at Topics and Retained with very many rows: how long until the first row is on the screen, until what
/// is scrolled to is drawn, and until a search is answered. The first opening of each page is that of a program that has just been filled and shown nothing of it.
/// </summary>
internal static class LongLists
{
    private const int Openings = 5;

    public static async Task<int> Run(Arguments arguments)
    {
        var count = arguments.Number("topics", 100_000);
        await using var broker = await DashboardPeer.StartInMemory();
        await LongList.Fill(broker.TcpPort, count);
        await using var chromium = await Chromium.Launch();
        var address = ((DashboardPeer)broker).Address;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{count:N0} topics, each with a retained message; one tab of Chromium; {Machine.Here("")}\n\n| ms | median | longest | first | of |\n| --- | ---: | ---: | ---: | ---: |\n");

        Say("Topics: first row after opening", await Paint("topics"));
        var page = await Open("topics");
        Say("Topics: search", await LongList.Search(
            page,
            ("plant/1/#", "[data-row='3:plant/1/0']"),
            ("plant/+/42", "[data-row='3:plant/0/42']"),
            ("+/2/#", "[data-row='3:plant/2/0']"),
            ("nothing of that name", ".nothing"),
            ("plant/#", "[data-row='3:plant/0/0']")));
        Say("Topics: scroll", await LongList.Scroll(page, "[role=tree]", "[data-row]"));
        await page.GetByRole(AriaRole.Radio, new() { Name = "Payloads" }).CheckAsync();
        Say("Topics: search in payloads", await LongList.Search(page, ("number 000321", "[data-row='3:plant/3/21']"), ("number 00012", "[data-row='3:plant/1/20']")));

        Say("Retained: first row after opening", await Paint("retained"));
        page = await Open("retained");
        Say("Retained: search", await LongList.Search(page, ("plant/1/#", "[data-row='plant/1/0']"), ("plant/+/42", "[data-row='plant/0/42']"), ("nothing/#", "body:not(:has([data-row]))"), ("#", "[data-row='plant/0/0']")));
        Say("Retained: scroll", await LongList.Scroll(page, ".rows", "[data-row]"));

        text.Append(CultureInfo.InvariantCulture, $"\nThe server's memory: {ProcessFigures.Resident(broker.ProcessId) / 1024 / 1024} MB\n");
        Console.WriteLine(text);
        var file = Path.Combine(Repository.Artifacts("benchmarks"), "lists.md");
        await File.WriteAllTextAsync(file, text.ToString());
        Console.WriteLine($"Written: {Path.GetRelativePath(Repository.Root, file)}");
        return 0;

        void Say(string what, double[] times)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {what} | {LongList.Median(times):0} | {times.Max():0} | {times[0]:0} | {times.Length} |\n");
            Console.WriteLine($"{what}: {LongList.Median(times):0} ms");
        }

        async Task<IPage> Open(string name)
        {
            var opened = await chromium.Browser.NewPageAsync(new() { ViewportSize = Screen.Desktop });
            await opened.Open($"{address}/{name}");
            return opened;
        }

        async Task<double[]> Paint(string name)
        {
            var times = new double[Openings];
            for (var i = 0; i < times.Length; i++)
            {
                var opened = await chromium.Browser.NewPageAsync(new() { ViewportSize = Screen.Desktop });
                var clock = Stopwatch.StartNew();
                await opened.GotoAsync($"{address}/{name}", new() { WaitUntil = WaitUntilState.Commit });
                await opened.Locator("[data-row]").First.WaitForAsync();
                times[i] = clock.Elapsed.TotalMilliseconds;
                await opened.CloseAsync();
            }

            return times;
        }
    }
}
