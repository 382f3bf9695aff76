using System.IO.Pipelines;
using Dashboard.Broker;
using Dashboard.Shared.Transfer;

namespace Dashboard.Endpoints.RetainedFile;

/// <summary>Writes stored messages as lines, no faster than the reader takes them; memory is that of a few messages.</summary>
internal sealed class RetainedExport(MqttBroker broker, PipeWriter file)
{
    /// <summary>Messages that are copied at once, when they are small.</summary>
    private const int Batch = 64;

    /// <summary>Bytes of messages that are copied at once, unless one alone is larger.</summary>
    private const int MaxBatch = 256 * 1024;

    private int _sent;
    private int _gone;

    /// <param name="progress">Told of every flush; null when no page follows.</param>
    public async Task WriteAsync(IReadOnlyList<string> topics, ExportProgress? progress, CancellationToken cancelled)
    {
        var run = progress?.Begin(topics.Count);
        try
        {
            foreach (var part in topics.Chunk(Batch))
            {
                foreach (var few in broker.SizeOfRetained(part) <= MaxBatch ? [part] : part.Chunk(1))
                {
                    Write(few);
                    if ((await file.FlushAsync(cancelled)).IsCompleted)
                    {
                        return; // Nobody reads any more.
                    }

                    run?.Tell(_sent, _gone);
                }
            }
        }
        finally
        {
            run?.End();
        }
    }

    private void Write(string[] topics)
    {
        foreach (var message in broker.ReadRetained(topics, int.MaxValue))
        {
            if (message is null)
            {
                _gone++;
                continue;
            }

            RetainedLine.Write(file, message);
            _sent++;
        }
    }
}
