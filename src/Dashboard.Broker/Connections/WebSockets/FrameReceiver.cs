using System.Buffers;
using Dashboard.Broker.Connections.Sockets;
using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Connections.WebSockets;

/// <summary>Stands between a transport and who handles packets: all frames of a read become one buffer of contents.</summary>
internal sealed class FrameReceiver(FrameReader frames, Action<ReadOnlySpan<byte>> answerPing)
{
    private readonly PartialPacket _contents = new();
    private int _announced;

    /// <summary>True when the client has closed, or sent what must not be sent.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The same frames for whoever handles their contents from now on.</summary>
    public IReceiver For(IReceiver receiver) => new Reception(this, receiver);

    private ReceiveResult Receive(IReceiver receiver, ref ReadOnlySequence<byte> buffer, DeliveryBatch batch)
    {
        foreach (var segment in buffer)
        {
            if (!segment.IsEmpty)
            {
                Unwrap(segment.Span);
            }
        }

        buffer = buffer.Slice(buffer.End);
        var contents = new ReadOnlySequence<byte>(_contents.Received);
        var wanted = receiver.Receive(ref contents, batch);
        _announced = receiver.Announced;
        _contents.Keep(wanted == ReceiveResult.Done ? default : contents.FirstSpan);
        return HasEnded ? ReceiveResult.Done : wanted;
    }

    private void Unwrap(ReadOnlySpan<byte> received)
    {
        var room = _contents.Room(received.Length, _announced);
        var free = room;
        while (!HasEnded)
        {
            var next = frames.Read(ref received, ref free);
            if (next == FrameEvent.None)
            {
                break;
            }

            if (next == FrameEvent.Ping)
            {
                answerPing(frames.Control);
                frames.ForgetControl();
            }
            else
            {
                HasEnded = true;
            }
        }

        _contents.Add(room.Length - free.Length);
    }

    private sealed class Reception(FrameReceiver frames, IReceiver receiver) : IReceiver
    {
        public int Announced => 0; // nothing is left over here

        public ReceiveResult Receive(ref ReadOnlySequence<byte> buffer, DeliveryBatch batch) => frames.Receive(receiver, ref buffer, batch);
    }
}
