namespace Dashboard.Mqtt.Anatomy;

/// <summary>One field of a packet as a person reads it. Names and values are the standard's own words.</summary>
/// <param name="Start">Where its bytes begin in the packet.</param>
/// <param name="Length">How many bytes it takes; several fields may share a byte of flags.</param>
/// <param name="Value">Empty for a secret.</param>
/// <param name="IsSecret">A password or authentication data, which is shown to nobody.</param>
/// <param name="IsPart">One of the fields that the field before it is made of.</param>
public sealed record PacketField(string Name, int Start, int Length, string Value, bool IsSecret = false, bool IsPart = false)
{
    /// <summary>The name of what stands where no field is known.</summary>
    public const string Unknown = "…";
}
