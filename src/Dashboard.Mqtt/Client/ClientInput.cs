using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Net.WebSockets;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Client;

/// <summary>Reads the packets of a server from a stream.</summary>
internal sealed class ClientInput(Stream stream, ProtocolVersion version)
{
    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    /// <summary>The next packet: a record of <c>Packets</c>, or a <see cref="PacketType"/> when it has no body; null at the end.</summary>
    /// <exception cref="InvalidDataException">The server sent something that is not MQTT.</exception>
    public async ValueTask<object?> ReadAsync()
    {
        while (true)
        {
            var read = await _reader.ReadAsync().ConfigureAwait(false);
            var buffer = read.Buffer;
            var status = FixedHeader.TryRead(in buffer, out var header);
            if (status == HeaderStatus.Malformed)
            {
                throw new InvalidDataException("the server sent a malformed remaining length");
            }

            if (status == HeaderStatus.Complete && buffer.Length >= header.TotalLength)
            {
                var packet = Decode(header, buffer.Slice(header.HeaderLength, header.RemainingLength));
                _reader.AdvanceTo(buffer.GetPosition(header.TotalLength));
                return packet;
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    public static bool IsBrokenStream(Exception exception) =>
        exception is IOException or SocketException or WebSocketException or ObjectDisposedException or OperationCanceledException;

    private object Decode(FixedHeader header, ReadOnlySequence<byte> bytes)
    {
        var body = bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray();
        object packet;
        DecodeError error;
        var valid = header.Type switch
        {
            PacketType.ConnAck => As(PacketDecoder.TryReadConnAck(header.Flags, body, version, out var p, out error), p, out packet),
            PacketType.Publish => As(PacketDecoder.TryReadPublish(header.Flags, body, version, out var p, out error), p, out packet),
            PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp =>
                As(PacketDecoder.TryReadAckPacket(header.First, body, version, out var p, out error), p, out packet),
            PacketType.SubAck => As(PacketDecoder.TryReadSubAck(header.Flags, body, version, out var p, out error), p, out packet),
            PacketType.UnsubAck => As(PacketDecoder.TryReadUnsubAck(header.Flags, body, version, out var p, out error), p, out packet),
            PacketType.Disconnect =>
                As(PacketDecoder.TryReadDisconnect(header.Flags, body, version, out var p, out error, fromServer: true), p, out packet),
            PacketType.PingResp => As(body.IsEmpty, header.Type, out packet, out error),
            _ => As(false, header.Type, out packet, out error),
        };
        return valid ? packet : throw new InvalidDataException(error.Message);
    }

    private static bool As(bool valid, object decoded, out object packet)
    {
        packet = decoded;
        return valid;
    }

    private static bool As(bool valid, PacketType type, out object packet, out DecodeError error)
    {
        packet = type;
        error = new DecodeError(ReasonCode.ProtocolError, FindingCode.Unexpected, Words.Of(type));
        return valid;
    }
}
