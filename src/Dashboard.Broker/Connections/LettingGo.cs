using System.Buffers;
using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Connections;

/// <summary>Receives and handles nothing.</summary>
internal sealed class LettingGo : IReceiver
{
    public static LettingGo Instance { get; } = new();

    public int Announced => 0;

    public ReceiveResult Receive(ref ReadOnlySequence<byte> buffer, DeliveryBatch batch)
    {
        buffer = buffer.Slice(buffer.End);
        return ReceiveResult.More;
    }
}
