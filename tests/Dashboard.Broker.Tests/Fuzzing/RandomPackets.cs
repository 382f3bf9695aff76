using System.Text;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>Valid packets of a client, with everything in them that the standard allows.</summary>
internal sealed class RandomPackets(Random chance, ProtocolVersion version)
{
    private static readonly string[] Levels = ["a", "b", "c", "", "grüße", "日本", "𝄞", "sensor-1", "$SYS", "with space"];
    private static readonly string[] FilterLevels = ["+", "a", "b", "c", "", "日本", "+"];

    private bool Is5 => version == ProtocolVersion.V500;

    public ConnectPacket Connect() => new()
    {
        Version = version,
        ClientId = "fuzz-" + chance.Next(6),
        CleanStart = Often(0.6),
        KeepAlive = (ushort)chance.Next(0, 100),
        UserName = Often(0.2) ? Text() : null,
        Password = Is5 && Often(0.2) ? Bytes(20) : null,
        Will = Often(0.3) ? new WillMessage(Topic(), Bytes(40), QoS(), Often(0.3), Maybe(WillProperties())) : null,
        Properties = Maybe(ConnectProperties()),
    };

    /// <summary>A packet that leaves the connection as it is, whatever came before.</summary>
    public object Harmless() => chance.Next(8) switch
    {
        0 => Subscribe(),
        1 => Unsubscribe(),
        2 => PacketType.PingReq,
        3 => new AckPacket(PacketType.PubRel, Id(), ReasonCode.Success, Maybe(Words())),
        4 => new AckPacket(PacketType.PubComp, Id()),
        _ => Publish(),
    };

    public object Any() => chance.Next(12) switch
    {
        0 => new AckPacket(PacketType.PubAck, Id(), ReasonCode.Success, Maybe(Words())),
        1 => new AckPacket(PacketType.PubRec, Id(), Is5 && Often(0.3) ? ReasonCode.QuotaExceeded : ReasonCode.Success, Maybe(Words())),
        2 when Often(0.2) => Disconnect(),
        3 when Is5 && Often(0.2) => new AuthPacket(ReasonCode.ContinueAuthentication, new Properties { AuthenticationMethod = Text(), AuthenticationData = Bytes(9), UserProperties = UserProperties() }),
        4 when Is5 => Publish() with { Topic = Often(0.5) ? "" : Topic(), Properties = new Properties { TopicAlias = (ushort)chance.Next(1, 6) } },
        _ => Harmless(),
    };

    public DisconnectPacket Disconnect() =>
        new(Is5 && Often(0.5) ? ReasonCode.DisconnectWithWill : ReasonCode.Success, Maybe(new Properties { SessionExpiryInterval = (uint)chance.Next(3), ReasonString = Text(), UserProperties = UserProperties() }));

    public PublishPacket Publish()
    {
        var qos = QoS();
        return new PublishPacket
        {
            Topic = Topic(),
            Payload = Often(0.05) ? Bytes(30_000) : Bytes(60),
            QoS = qos,
            Retain = Often(0.2),
            Dup = qos > 0 && Often(0.2),
            PacketId = qos > 0 ? Id() : (ushort)0,
            Properties = Maybe(MessageProperties()),
        };
    }

    private SubscribePacket Subscribe() => new(
        Id(),
        [.. Enumerable.Range(0, chance.Next(1, 5)).Select(_ => Is5 ? Request5() : new SubscriptionRequest(Filter(), QoS()))],
        Maybe(new Properties { SubscriptionIdentifiers = Often(0.6) ? [(uint)chance.Next(1, 268_435_456)] : null, UserProperties = UserProperties() }));

    private UnsubscribePacket Unsubscribe() =>
        new(Id(), [.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => Filter())], Maybe(new Properties { UserProperties = UserProperties() }));

    private SubscriptionRequest Request5()
    {
        var isShared = Often(0.2);
        return new SubscriptionRequest((isShared ? "$share/g/" : "") + Filter(), QoS(), !isShared && Often(0.3), Often(0.5), (RetainHandling)chance.Next(3));
    }

    private Properties ConnectProperties() => new()
    {
        SessionExpiryInterval = Often(0.6) ? (uint)chance.Next(100) : null,
        ReceiveMaximum = Often(0.4) ? (ushort)chance.Next(1, 20) : null,
        MaximumPacketSize = Often(0.3) ? (uint)chance.Next(20, 2000) : null,
        TopicAliasMaximum = Often(0.3) ? (ushort)chance.Next(10) : null,
        RequestResponseInformation = Often(0.3) ? Often(0.5) : null,
        RequestProblemInformation = Often(0.3) ? Often(0.5) : null,
        UserProperties = UserProperties(),
    };

    private Properties WillProperties()
    {
        var properties = MessageProperties();
        properties.WillDelayInterval = Often(0.3) ? (uint)chance.Next(10) : null;
        return properties;
    }

    private Properties MessageProperties() => new()
    {
        PayloadFormatIsUtf8 = Often(0.3) ? Often(0.5) : null,
        MessageExpiryInterval = Often(0.4) ? (uint)chance.Next(100) : null,
        ContentType = Often(0.3) ? Text() : null,
        ResponseTopic = Often(0.3) ? Topic() : null,
        CorrelationData = Often(0.3) ? Bytes(20) : null,
        UserProperties = UserProperties(),
    };

    private Properties Words() => new() { ReasonString = Often(0.5) ? Text() : null, UserProperties = UserProperties() };

    private List<UserProperty>? UserProperties() =>
        Often(0.3) ? [.. Enumerable.Range(0, chance.Next(1, 4)).Select(_ => new UserProperty(Text(), Text()))] : null;

    /// <summary>Properties that are there but empty read as none, so they are none.</summary>
    private Properties? Maybe(Properties properties) =>
        Is5 && Often(0.6) && typeof(Properties).GetProperties().Any(property => property.GetValue(properties) is not null) ? properties : null;

    private string Topic()
    {
        var topic = string.Join('/', Enumerable.Range(0, chance.Next(1, 5)).Select(_ => Levels[chance.Next(Levels.Length)]));
        return topic.Length == 0 ? "/" : topic;
    }

    private string Filter()
    {
        var filter = new StringBuilder(string.Join('/', Enumerable.Range(0, chance.Next(1, 4)).Select(_ => FilterLevels[chance.Next(FilterLevels.Length)])));
        return Often(0.3) ? filter.Append("/#").ToString() : filter.Length == 0 ? "#" : filter.ToString();
    }

    private string Text() => new([.. Enumerable.Range(0, chance.Next(12)).Select(_ => "aZ9 ßü日∞"[chance.Next(8)])]);

    private byte[] Bytes(int most)
    {
        var bytes = new byte[chance.Next(most)];
        chance.NextBytes(bytes);
        return bytes;
    }

    private ushort Id() => Often(0.9) ? (ushort)chance.Next(1, 8) : (ushort)chance.Next(1, 65_536);

    private QualityOfService QoS() => (QualityOfService)chance.Next(3);

    private bool Often(double share) => chance.NextDouble() < share;
}
