using System.Globalization;
using System.Text;
using Dashboard.Benchmarks.Load;

namespace Dashboard.Benchmarks.Pages;

/// <summary>Publishes the time of day, a few times a second, at moments that no tick of a page is in step with.</summary>
internal sealed class ProbePublisher : IDisposable
{
    public const string Topic = "probe/clock";

    /// <summary>What stands before the Unix milliseconds.</summary>
    public const string Mark = "probe";

    private readonly ConnectionCrowd _crowd = new(largestPacket: 1024);
    private readonly Thread _thread;
    private volatile bool _isDone;

    public ProbePublisher(int port)
    {
        _crowd.Open(1, (poll, id, _) => new LoadConnection(poll, id, port, isWebSocket: false, ClientPackets.Connect("probe"), null));
        _thread = new Thread(Publish) { IsBackground = true, Name = "Probes" };
        _thread.Start();
    }

    public void Dispose()
    {
        _isDone = true;
        _thread.Join();
        _crowd.Dispose();
    }

    private void Publish()
    {
        var random = new Random(1);
        while (!_isDone)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            _crowd[0].Publish(ClientPackets.Publish(Topic, qos: 0, Encoding.ASCII.GetBytes(Mark + now), retain: false, out _, out _), qos: 0);
            _crowd[0].Flush();
            Thread.Sleep(random.Next(300, 700));
        }
    }
}
