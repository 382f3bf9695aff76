using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Dashboard.Broker.Connections;

/// <summary>A connection as Kestrel gives it: TCP, or TLS when the listener says so.</summary>
internal sealed class PipeTransport(ConnectionContext context, string name) : ITransport
{
    private readonly PipeWriter _output = context.Transport.Output;

    public string Name { get; } = name;

    public string RemoteAddress { get; } = context.RemoteEndPoint?.ToString() ?? "unknown";

    public PipeReader Input { get; } = context.Transport.Input;

    public async ValueTask SendAsync(OutboxChunk chunks)
    {
        for (var chunk = chunks; chunk is not null; chunk = chunk.Next)
        {
            // Write copies in pieces of the pipe's own pooled blocks; asking for a large span would leave the pool.
            System.Buffers.BuffersExtensions.Write(_output, chunk.Written.Span);
        }

        var result = await _output.FlushAsync().ConfigureAwait(false);
        if (result.IsCompleted)
        {
            throw new ConnectionAbortedException("The other end no longer reads.");
        }
    }

    public ValueTask CloseAsync() => _output.CompleteAsync();

    public void Abort() => context.Abort();
}
