using System.Buffers;
using System.IO.Pipelines;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Client;

/// <summary>The only writer to the stream. While one write is on its way, the packets that follow gather for the next.</summary>
internal sealed class ClientOutput(Stream stream, ProtocolVersion version) : IDisposable
{
    private readonly Pipe _pipe = new(new PipeOptions(useSynchronizationContext: false));
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _completed;    // by the one whose turn it is

    /// <exception cref="IOException">The connection is closed.</exception>
    public async ValueTask SendAsync<TPacket>(
        TPacket packet,
        Action<IBufferWriter<byte>, ProtocolVersion, TPacket> encode,
        CancellationToken cancellationToken = default)
    {
        if (!await TrySendAsync(packet, encode, cancellationToken).ConfigureAwait(false))
        {
            throw new IOException("the connection is closed");
        }
    }

    /// <summary>False when nothing can be sent any more.</summary>
    public async ValueTask<bool> TrySendAsync<TPacket>(
        TPacket packet,
        Action<IBufferWriter<byte>, ProtocolVersion, TPacket> encode,
        CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_completed)
            {
                return false;
            }

            encode(_pipe.Writer, version, packet);
            var flush = await _pipe.Writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return !flush.IsCompleted;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Nothing more is sent; <see cref="RunAsync"/> ends when the rest has been written.</summary>
    public async Task CompleteAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _completed = true;
            await _pipe.Writer.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes until completed or until the stream breaks.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var read = await _pipe.Reader.ReadAsync().ConfigureAwait(false);
                foreach (var segment in read.Buffer)
                {
                    await stream.WriteAsync(segment).ConfigureAwait(false);
                }

                _pipe.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception broken) when (ClientInput.IsBrokenStream(broken))
        {
            // The reading side sees the same broken stream and tells everyone who waits.
        }
        finally
        {
            await _pipe.Reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _turn.Dispose();
}
