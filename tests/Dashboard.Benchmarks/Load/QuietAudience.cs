using System.Globalization;
using System.Runtime.InteropServices;

namespace Dashboard.Benchmarks.Load;

/// <summary>
/// Subscribers that nothing reaches, held open by a process of their own: what thousands of sockets cost the client that publishes
/// says nothing of the broker.
/// </summary>
internal sealed class QuietAudience : IAsyncDisposable
{
    /// <summary>The command of this program that holds them.</summary>
    public const string Command = "audience";

    private const string Ready = "ready";
    private const int Look = 200_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Tool _holder;

    private QuietAudience(Tool holder) => _holder = holder;

    /// <param name="audience">The filters of each.</param>
    public static async Task<QuietAudience?> Hold(IReadOnlyList<string[]> audience, int port)
    {
        if (audience.Count == 0)
        {
            return null;
        }

        var filters = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(filters, audience.Select(one => string.Join('\t', one)));
            var holder = Tool.Start("dotnet", typeof(QuietAudience).Assembly.Location, Command, "--port", port.ToString(CultureInfo.InvariantCulture), "--filters", filters);
            try
            {
                await Eventually.Holds(() => holder.Lines.Contains(Ready) || holder.HasExited, () => $"the audience is there. {holder}", Patience);
                return holder.HasExited ? throw new IOException($"The audience has left. {holder}") : new QuietAudience(holder);
            }
            catch
            {
                await holder.DisposeAsync();
                throw;
            }
        }
        finally
        {
            File.Delete(filters);
        }
    }

    /// <summary>The other process: stays until it is asked to end, or the broker is gone.</summary>
    public static int Run(Arguments arguments)
    {
        using var leave = new CancellationTokenSource();
        using var asked = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            leave.Cancel();
        });
        var port = arguments.Number("port", 0);
        var audience = File.ReadAllLines(arguments.Text("filters")!);
        using var crowd = new ConnectionCrowd(largestPacket: 1024);
        crowd.Open(audience.Length, (poll, id, i) => new LoadConnection(
            poll, id, port, isWebSocket: false, ClientPackets.Connect($"quiet{Environment.ProcessId}-{i}"), ClientPackets.Subscribe(audience[i].Split('\t'), qos: 0)));
        Console.WriteLine(Ready);
        while (!leave.IsCancellationRequested && !crowd.IsAnyClosed)
        {
            crowd.Turn(Look);
        }

        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        _holder.Terminate();
        await _holder.WaitForExit(Patience);
        await _holder.DisposeAsync();
    }
}
