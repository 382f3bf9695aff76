using Dashboard.Benchmarks.Peers;
using Dashboard.Benchmarks.Reports;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Runs rows on all brokers in alternation: A B C, A B C, … The brokers start once, unless a row needs a new process.</summary>
internal sealed class RowRunner(IReadOnlyList<PeerChoice> choices, RunSettings settings, int runs, Progress progress) : IAsyncDisposable
{
    private readonly Dictionary<string, Peer> _running = [];

    public async Task<IReadOnlyList<LineResult>> Run(Row row)
    {
        var samples = new Dictionary<string, List<Sample>>();
        for (var run = 1; run <= runs; run++)
        {
            foreach (var choice in row.Choose(choices))
            {
                progress.Begin(row, run, choice.Name);
                if (await RunOnce(row, choice) is not { } sample)
                {
                    continue;
                }

                progress.End(row, sample);
                if (!samples.TryGetValue(choice.Name, out var all))
                {
                    samples[choice.Name] = all = [];
                }

                all.Add(sample);
            }
        }

        return [.. row.Lines.Select((line, i) => new LineResult(line, [.. samples.Select(peer => Figure(peer.Key, peer.Value, i))]))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _running.Values)
        {
            await peer.DisposeAsync();
        }
    }

    private async Task<Sample?> RunOnce(Row row, PeerChoice choice)
    {
        try
        {
            if (row.NeedsFreshProcess)
            {
                await using var fresh = await choice.Start();
                return await row.Run(fresh, settings);
            }

            var peer = await Running(choice);
            if (row.CanRunOn(peer))
            {
                return await row.Run(peer, settings);
            }

            progress.Skipped();
            return null;
        }
        catch (Exception exception) when (exception is IOException or TimeoutException or InvalidOperationException)
        {
            progress.Failed(exception.Message);
            await Stop(choice);
            return null;
        }
    }

    private async Task<Peer> Running(PeerChoice choice)
    {
        if (!_running.TryGetValue(choice.Name, out var peer))
        {
            _running[choice.Name] = peer = await choice.Start();
            await WarmUp(peer);
        }

        return peer;
    }

    /// <summary>A program that compiles itself while it runs shows its speed only after a while, as it would in use.</summary>
    private async Task WarmUp(Peer peer)
    {
        for (var qos = 0; qos <= peer.HighestQoS; qos++)
        {
            await settings.Load.Run(new Load.LoadPlan { Shape = Load.Shape.Pairs, Count = 50, QoS = qos, Duration = TimeSpan.FromSeconds(1), Root = "warm" }, peer);
        }
    }

    /// <summary>After a failure the next run begins with a new process.</summary>
    private async Task Stop(PeerChoice choice)
    {
        if (_running.Remove(choice.Name, out var peer))
        {
            await peer.DisposeAsync();
        }
    }

    private static PeerFigure Figure(string peer, List<Sample> samples, int line) => new(
        peer,
        [.. samples.Select(sample => sample.Values[line])],
        samples.Max(sample => sample.OwnShare),
        samples.Sum(sample => sample.Lost),
        samples.Sum(sample => sample.Disordered));
}
