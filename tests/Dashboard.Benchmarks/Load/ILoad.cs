using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Load;

/// <summary>Who makes the messages.</summary>
internal interface ILoad
{
    string Name { get; }

    Task<LoadResult> Run(LoadPlan plan, Peer peer);
}

/// <summary>The project's own load client.</summary>
internal sealed class OwnLoad : ILoad
{
    public string Name => "the project's own load client";

    public async Task<LoadResult> Run(LoadPlan plan, Peer peer)
    {
        await using var audience = plan.IsAudienceQuiet ? await QuietAudience.Hold(plan.Audience, peer.TcpPort) : null;
        return LoadRun.Run(audience is null ? plan : plan with { Audience = [] }, plan.IsWebSocket ? peer.WebSocketPort : peer.TcpPort, peer.ProcessId);
    }
}
