using Dashboard.Mqtt.Packets;

namespace Dashboard.Shared.Message;

/// <summary>The MQTT 5 properties of a published message as names and values to read, user properties last and in their order.</summary>
internal static class PropertyList
{
    public static IReadOnlyList<(string Name, string Value)> Of(Properties? properties)
    {
        var list = new List<(string, string)>();
        if (properties is null)
        {
            return list;
        }

        Add(Texts.Shared_ContentType, properties.ContentType);
        Add(Texts.Shared_PayloadFormat, properties.PayloadFormatIsUtf8 switch { true => Texts.Shared_PayloadFormatText, false => Texts.Shared_PayloadFormatBytes, null => null });
        Add(Texts.Shared_MessageExpiry, properties.MessageExpiryInterval is { } seconds ? Format.Duration(TimeSpan.FromSeconds(seconds)) : null);
        Add(Texts.Shared_ResponseTopic, properties.ResponseTopic);
        Add(Texts.Shared_CorrelationData, properties.CorrelationData is { } data ? Convert.ToHexStringLower(data) : null);
        foreach (var property in properties.UserProperties ?? [])
        {
            Add(property.Name, property.Value);
        }

        return list;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                list.Add((name, value));
            }
        }
    }
}
