using System.Buffers.Binary;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Storage;

/// <summary>Small things as one column.</summary>
internal static class Packing
{
    /// <summary>As in the options byte of SUBSCRIBE (section 3.8.3.1).</summary>
    public static int Pack(SubscriptionRequest request) =>
        (int)request.QoS | (request.NoLocal ? 0x04 : 0) | (request.RetainAsPublished ? 0x08 : 0) | ((int)request.RetainHandling << 4);

    public static SubscriptionRequest Unpack(string filter, int options) => new(
        filter,
        (QualityOfService)(options & 0x03),
        (options & 0x04) != 0,
        (options & 0x08) != 0,
        (RetainHandling)(options >> 4));

    public static byte[]? Pack(uint[]? ids)
    {
        if (ids is null)
        {
            return null;
        }

        var packed = new byte[ids.Length * sizeof(uint)];
        for (var i = 0; i < ids.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(i * sizeof(uint)), ids[i]);
        }

        return packed;
    }

    public static uint[]? Unpack(byte[]? packed)
    {
        if (packed is null)
        {
            return null;
        }

        var ids = new uint[packed.Length / sizeof(uint)];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(i * sizeof(uint)));
        }

        return ids;
    }
}
