namespace Dashboard.Benchmarks.Pages;

/// <summary>Many pages without a browser, so that the processors are the server's: see <see cref="Circuit"/>.</summary>
internal sealed class Circuits : IViewers
{
    private readonly HttpClient _http = new();
    private readonly List<Circuit> _open = [];
    private readonly ProbeWatch[] _probes = [new(), new()];

    public string Kind => "circuits (the real SignalR endpoint, without browsers)";

    public double MemoryOfOne { get; private set; }

    public static async Task<Circuits> Open(string address, int count, int server, Action<string> say)
    {
        var circuits = new Circuits();
        var (onTopics, onMessages) = (circuits._probes[0], circuits._probes[1]);
        await circuits.Open(address, $"/topics?topic={ProbePublisher.Topic}", batch => onTopics.Look(batch));
        await circuits.Open(address, $"/messages?filter={ProbePublisher.Topic}", batch => onMessages.Look(batch));
        var before = ProcessFigures.Resident(server);
        for (var i = 0; i < count; i++)
        {
            await circuits.Open(address, Tabs.Addresses[i % Tabs.Addresses.Length], _ => { });
        }

        await Task.Delay(TimeSpan.FromSeconds(2)); // until each has filled its page
        circuits.MemoryOfOne = (ProcessFigures.Resident(server) - before) / (double)Math.Max(1, count);
        say($"{count} circuits are open");
        return circuits;
    }

    public Task StartWatching()
    {
        foreach (var probe in _probes)
        {
            probe.Lateness.Clear();
        }

        return Task.CompletedTask;
    }

    public Task<double[]> Lateness() => Task.FromResult(_probes.SelectMany(probe => probe.Lateness).ToArray());

    public async ValueTask DisposeAsync()
    {
        foreach (var circuit in _open)
        {
            await circuit.DisposeAsync();
        }

        _http.Dispose();
    }

    private async Task Open(string address, string path, Action<byte[]> onBatch) =>
        _open.Add(await Circuit.Open(_http, address, path, onBatch));
}
