using Dashboard.Browser.Tests;

namespace Dashboard.Benchmarks.Pages;

/// <summary>Many tabs of a real Chromium on the live pages.</summary>
internal sealed class Tabs : IViewers
{
    private const string Watch = $$"""
        () => {
            window.lateness = [];
            window.newest ??= 0;
            if (window.observer) return;
            window.observer = new MutationObserver(() => requestAnimationFrame(() => {
                for (const [, time] of document.body.textContent.matchAll(/{{ProbePublisher.Mark}}(\d{13})/g)) {
                    if (Number(time) > window.newest) {
                        window.newest = Number(time);
                        window.lateness.push(Date.now() - window.newest);
                    }
                }
            }));
            window.observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        }
        """;

    /// <summary>The pages that are looked at.</summary>
    public static readonly string[] Addresses = ["/topics", "/messages", "/"];

    private readonly Chromium _chromium;
    private readonly List<IPage> _probes = [];

    private Tabs(Chromium chromium) => _chromium = chromium;

    public string Kind => "Chromium tabs";

    public double MemoryOfOne { get; private set; }

    public static async Task<Tabs> Open(string address, int count, int server, Action<string> say)
    {
        var tabs = new Tabs(await Chromium.Launch());
        tabs._probes.Add(await tabs.Open($"{address}/topics?topic={ProbePublisher.Topic}"));
        tabs._probes.Add(await tabs.Open($"{address}/messages?filter={ProbePublisher.Topic}"));
        var before = ProcessFigures.Resident(server);
        for (var i = 0; i < count; i++)
        {
            await tabs.Open(address + Addresses[i % Addresses.Length]);
            if ((i + 1) % 10 == 0)
            {
                say($"{i + 1} of {count} tabs are open");
            }
        }

        tabs.MemoryOfOne = (ProcessFigures.Resident(server) - before) / (double)Math.Max(1, count);
        return tabs;
    }

    public async Task StartWatching()
    {
        foreach (var probe in _probes)
        {
            await probe.EvaluateAsync(Watch);
        }
    }

    public async Task<double[]> Lateness()
    {
        var all = new List<double>();
        foreach (var probe in _probes)
        {
            all.AddRange(await probe.EvaluateAsync<double[]>("() => window.lateness"));
        }

        return [.. all];
    }

    public ValueTask DisposeAsync() => _chromium.DisposeAsync();

    private async Task<IPage> Open(string address)
    {
        var page = await _chromium.Browser.NewPageAsync();
        await page.Open(address);
        return page;
    }
}
