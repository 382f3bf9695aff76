using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Connections;

/// <summary>Receiving for transports that have a pipe to read from.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class PipeReception(PipeReader input)
{
    private readonly DeliveryBatch _batch = new();
    private readonly SemaphoreSlim _resumed = new(0);
    private volatile bool _isStopped;

    public async Task ReceiveAsync(IReceiver receiver)
    {
        while (!_isStopped)
        {
            var read = await input.ReadAsync().ConfigureAwait(false);
            var buffer = read.Buffer;
            var wanted = receiver.Receive(ref buffer, _batch);
            input.AdvanceTo(buffer.Start, wanted == ReceiveResult.Pause ? buffer.Start : buffer.End);
            _batch.Flush();
            wanted = await WhilePausedAsync(receiver, wanted).ConfigureAwait(false);
            if (wanted == ReceiveResult.Done || read.IsCompleted)
            {
                return;
            }
        }
    }

    public void Stop()
    {
        _isStopped = true;
        input.CancelPendingRead();
        _resumed.Release();
    }

    public void Resume() => _resumed.Release();

    /// <summary>Hands over what still comes until the receiver is done, the other end has ended or time is up.</summary>
    public async Task LingerAsync(IReceiver receiver, TimeSpan time)
    {
        using var timeout = new CancellationTokenSource(time);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(timeout.Token).ConfigureAwait(false);
                var buffer = read.Buffer;
                var wanted = receiver.Receive(ref buffer, _batch);
                input.AdvanceTo(buffer.Start, buffer.End);
                if (read.IsCompleted || wanted == ReceiveResult.Done)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // Time is up, or nothing more can be read; what was said may still arrive.
        }
    }

    private async ValueTask<ReceiveResult> WhilePausedAsync(IReceiver receiver, ReceiveResult wanted)
    {
        while (wanted == ReceiveResult.Pause)
        {
            await _resumed.WaitAsync().ConfigureAwait(false);
            if (_isStopped)
            {
                break;
            }

            var hasRead = input.TryRead(out var read);
            var buffer = hasRead ? read.Buffer : ReadOnlySequence<byte>.Empty;
            wanted = receiver.Receive(ref buffer, _batch);
            if (hasRead)
            {
                input.AdvanceTo(buffer.Start, wanted == ReceiveResult.Pause ? buffer.Start : buffer.End);
            }

            _batch.Flush();
        }

        return wanted;
    }
}
