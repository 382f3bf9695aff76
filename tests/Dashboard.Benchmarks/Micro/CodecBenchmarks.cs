using BenchmarkDotNet.Attributes;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Benchmarks.Micro;

/// <summary>Bytes to packets and back.</summary>
public class CodecBenchmarks
{
    private readonly byte[] _topic = "factory/hall-3/press/12/temperature"u8.ToArray();
    private readonly byte[] _output = new byte[256];
    private byte[] _publish = [];
    private ushort _packetId;

    [Params(ProtocolVersion.V311, ProtocolVersion.V500)]
    public ProtocolVersion Version { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var length = PublishWriter.WriteHead(_output, Version, _topic, QualityOfService.AtLeastOnce, retain: false, dup: false, packetId: 7, [], payloadLength: 64, out _);
        _publish = [.. _output.AsSpan(0, length), .. new byte[64]];
    }

    [Benchmark]
    public int ReadPublish()
    {
        FixedHeader.TryRead(_publish, out var header);
        PublishView.TryRead(header.Flags, _publish.AsSpan(header.HeaderLength), Version, out var view, out _);
        return view.Payload.Length;
    }

    [Benchmark]
    public int WritePublishHead() =>
        PublishWriter.WriteHead(_output, Version, _topic, QualityOfService.AtLeastOnce, retain: false, dup: false, packetId: 7, [], payloadLength: 64, out _);

    [Benchmark]
    public int WritePubAck() => AckWriter.Write(_output, PacketType.PubAck, ++_packetId, ReasonCode.Success, Version);

    [Benchmark]
    public bool ReadPubAck() => PacketDecoder.TryReadAck((byte)PacketType.PubAck << 4, _publish.AsSpan(0, 2), Version, out _, out _);
}
