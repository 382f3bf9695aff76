using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>The properties of a PUBLISH as bytes (without their length) and as an object.</summary>
public static class PublishPropertyCodec
{
    /// <summary>Leaves out what a PUBLISH may not carry, for example a will's delay interval.</summary>
    public static byte[] Encode(Properties properties) => PropertyEncoder.Encode(properties, PacketType.Publish);

    /// <summary>The inverse, for bytes that have been validated; stops at the first property that is not valid.</summary>
    public static Properties Decode(ReadOnlySpan<byte> raw)
    {
        var walker = new PropertyWalker(raw, PacketType.Publish);
        return PropertyDecoder.Read(ref walker);
    }
}
