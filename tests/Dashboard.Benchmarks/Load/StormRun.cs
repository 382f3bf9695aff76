using System.Diagnostics;

namespace Dashboard.Benchmarks.Load;

/// <summary>Clients that connect, are accepted, and leave again, some dozens at a time.</summary>
internal static class StormRun
{
    private const int AtOnce = 64;

    private static int _clients;

    /// <returns>Accepted connections a second.</returns>
    public static double PerSecond(int port, TimeSpan duration)
    {
        using var crowd = new ConnectionCrowd(largestPacket: 0);
        crowd.Open(AtOnce, (poll, id, _) => Client(poll, id, port));
        var accepted = 0;
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            for (var i = 0; i < AtOnce; i++)
            {
                if (crowd[i].Stage >= LoadStage.Ready)
                {
                    accepted += crowd[i].Stage == LoadStage.Ready ? 1 : 0;
                    crowd[i].Leave();
                    crowd.Replace(i, poll => Client(poll, i, port));
                }
            }

            crowd.Turn(20_000_000);
        }

        return accepted / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static LoadConnection Client(Poll poll, int id, int port) =>
        new(poll, id, port, isWebSocket: false, ClientPackets.Connect($"storm{Environment.ProcessId}-{++_clients}"), null);
}
