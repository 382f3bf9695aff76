using System.Globalization;
using System.Text.Json;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Load;

/// <summary>
/// Another load client, in C, to compare with. It sends a number of messages instead of sending for a time: as many as a first,
/// short run says go through in that time. An audience of the plan's topics would miss its own, so it is left to the other one.
/// </summary>
internal sealed class Mqload(string path) : ILoad
{
    private const double TrialMessages = 20_000;

    public string Name => "mqload";

    public async Task<LoadResult> Run(LoadPlan plan, Peer peer)
    {
        if (!plan.IsAudienceQuiet || plan.TopicLevels != 3 || plan.IsDurable)
        {
            return await new OwnLoad().Run(plan, peer);
        }

        await using var audience = await QuietAudience.Hold(plan.Audience, peer.TcpPort);
        var perSecond = plan.Rate;
        if (perSecond == 0)
        {
            var trial = await Start(plan, peer, TrialMessages / plan.Fan);
            perSecond = trial.PerSecond / plan.Fan;
        }

        return await Start(plan, peer, perSecond * plan.Duration.TotalSeconds);
    }

    private async Task<LoadResult> Start(LoadPlan plan, Peer peer, double messages)
    {
        var shape = plan.Shape switch { Shape.Pairs => "p2p", Shape.FanIn => "fanin", _ => "fanout" };
        var port = plan.IsWebSocket ? peer.WebSocketPort : peer.TcpPort;
        var rate = plan.Rate > 0 ? $"--rate {plan.Rate}" : $"--outstanding {plan.Outstanding}";
        var arguments = string.Create(
            CultureInfo.InvariantCulture,
            $"{shape} -n {plan.Count} -m {Math.Max(1, (long)messages)} -q {plan.QoS} -s {plan.Payload} -w {plan.Window} -p {port} --pid {peer.ProcessId} {rate}");
        var tool = Tool.Start(path, [.. arguments.Split(' '), .. plan.IsWebSocket ? ["--ws"] : Array.Empty<string>()]);
        await using (tool)
        {
            await tool.WaitForExit(TimeSpan.FromSeconds(60));
        }

        using var result = JsonDocument.Parse(tool.Lines[0]);
        return Read(result.RootElement);
    }

    private static LoadResult Read(JsonElement result)
    {
        if (result.TryGetProperty("error", out var error))
        {
            throw new InvalidOperationException($"mqload: {error}");
        }

        return new LoadResult
        {
            Received = result.GetProperty("received").GetInt64(),
            Seconds = result.GetProperty("seconds").GetDouble(),
            Lost = result.GetProperty("lost").GetInt64(),
            Disordered = result.GetProperty("disorder").GetInt64(),
            P50 = result.GetProperty("lat_us").GetProperty("p50").GetDouble(),
            P99 = result.GetProperty("lat_us").GetProperty("p99").GetDouble(),
            OwnCpu = result.GetProperty("client_cpu_s").GetDouble(),
            BrokerCpu = result.GetProperty("broker_cpu_s").GetDouble(),
        };
    }
}
