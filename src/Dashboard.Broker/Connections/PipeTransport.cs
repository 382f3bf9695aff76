using System.IO.Pipelines;

namespace Dashboard.Broker.Connections;

/// <summary>A connection as Kestrel gives it: TCP, TLS when the listener says so, or what an HTTP request was upgraded to.</summary>
internal sealed class PipeTransport(IDuplexPipe pipe, string name, string remoteAddress, Action abort) : ITransport
{
    private readonly PipeWriter _output = pipe.Output;
    private readonly PipeReception _reception = new(pipe.Input);

    public string Name => name;

    public string RemoteAddress => remoteAddress;

    public Task ReceiveAsync(IReceiver receiver) => _reception.ReceiveAsync(receiver);

    public void StopReceiving() => _reception.Stop();

    public void ResumeReceiving() => _reception.Resume();

    public Task LingerAsync(IReceiver receiver, TimeSpan time) => _reception.LingerAsync(receiver, time);

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
                throw new IOException("The other end no longer reads.");
            }
        }
    }

    public ValueTask CloseAsync() => _output.CompleteAsync();

    public void Abort() => abort();
}
