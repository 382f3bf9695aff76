using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>A place for one captured message that is written again and again, so that capturing allocates only when a message is larger than all before it.</summary>
internal sealed class CapturedMessage
{
    private byte[] _bytes = [];
    private int _propertiesLength;
    private int _payloadLength;
    private int _payloadSize;
    private long _sequence;
    private long _time;
    private string? _publisher;
    private QualityOfService _qos;
    private bool _retain;
    private DeliveryResult _result;
    private MessageRefusal? _refusal;

    /// <summary>Bytes that this place holds.</summary>
    public int Capacity => _bytes.Length;

    public long Sequence => _sequence;

    /// <summary>What is kept of the payload.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(_propertiesLength, _payloadLength);

    /// <summary>Copies a message, at most <paramref name="maxPayload"/> bytes of its payload.</summary>
    public void Write(long sequence, in OutgoingPublish message, in DeliveryResult result, int maxPayload)
    {
        _payloadLength = Math.Min(message.Payload.Length, maxPayload);
        _propertiesLength = message.Properties.Length <= maxPayload ? message.Properties.Length : 0;
        if (_bytes.Length < _propertiesLength + _payloadLength)
        {
            _bytes = GC.AllocateUninitializedArray<byte>(_propertiesLength + _payloadLength);
        }

        message.Properties[.._propertiesLength].CopyTo(_bytes);
        message.Payload[.._payloadLength].CopyTo(_bytes.AsSpan(_propertiesLength));
        _payloadSize = message.Payload.Length;
        _sequence = sequence;
        _time = message.ReceivedAt;
        _publisher = message.PublisherId;
        _qos = message.QoS;
        _retain = message.Retain;
        _result = result;
        _refusal = message.Refusal;
    }

    /// <summary>A copy with at most <paramref name="maxPayload"/> bytes of the payload.</summary>
    public MessageRecord Copy(string topic, int maxPayload = int.MaxValue) => new(
        _sequence,
        DateTimeOffset.FromUnixTimeMilliseconds(_time),
        topic,
        _bytes.AsSpan(_propertiesLength, Math.Min(_payloadLength, maxPayload)).ToArray(),
        _payloadSize,
        _qos,
        _retain,
        _publisher,
        _propertiesLength == 0 ? null : PublishPropertyCodec.Decode(_bytes.AsSpan(0, _propertiesLength)),
        _result.Sent,
        _result.Queued,
        _result.Dropped) { Refusal = _refusal };
}
