using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Dashboard.Broker.Connections;

/// <summary>A connection as Kestrel gives it: TCP, or TLS when the listener says so.</summary>
internal sealed class PipeTransport(ConnectionContext context, string name) : ITransport
{
    private readonly PipeWriter _output = context.Transport.Output;
    private readonly PipeReception _reception = new(context.Transport.Input);

    public string Name { get; } = name;

    public string RemoteAddress { get; } = context.RemoteEndPoint?.ToString() ?? "unknown";

    public Task ReceiveAsync(IReceiver receiver) => _reception.ReceiveAsync(receiver);

    public void StopReceiving() => _reception.Stop();

    public void ResumeReceiving() => _reception.Resume();

    public Task LingerAsync(TimeSpan time) => _reception.LingerAsync(time);

    public async ValueTask SendAsync(OutboxChunk chunks)
    {
        for (var chunk = chunks; chunk is not null; chunk = chunk.Next)
        {
            // Write copies in pieces of the pipe's own pooled blocks; asking for a large span would leave the pool.
            System.Buffers.BuffersExtensions.Write(_output, chunk.Written.Span);

            // The pipe holds back when it has enough, so that no more than that is copied for a reader that is slow.
            var result = await _output.FlushAsync().ConfigureAwait(false);
            if (result.IsCompleted)
            {
                throw new ConnectionAbortedException("The other end no longer reads.");
            }
        }
    }

    public ValueTask CloseAsync() => _output.CompleteAsync();

    public void Abort() => context.Abort();
}
