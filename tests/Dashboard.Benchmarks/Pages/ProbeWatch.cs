using System.Buffers.Text;
using System.Collections.Concurrent;

namespace Dashboard.Benchmarks.Pages;

/// <summary>Finds the probe's values in the render batches of one page and notes how late each is.</summary>
internal sealed class ProbeWatch
{
    private const int Digits = 13;
    private static readonly byte[] Mark = System.Text.Encoding.ASCII.GetBytes(ProbePublisher.Mark);

    private long _newest;

    /// <summary>Milliseconds.</summary>
    public ConcurrentQueue<double> Lateness { get; } = [];

    public void Look(ReadOnlySpan<byte> batch)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var at = batch.IndexOf(Mark); at >= 0; at = batch.IndexOf(Mark))
        {
            batch = batch[(at + Mark.Length)..];
            if (batch.Length >= Digits && Utf8Parser.TryParse(batch[..Digits], out long time, out var length) && length == Digits && time > _newest)
            {
                _newest = time;
                Lateness.Enqueue(now - time);
            }
        }
    }
}
