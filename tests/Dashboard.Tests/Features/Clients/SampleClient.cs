using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Clients;

/// <summary>A client to change by <c>with</c>.</summary>
internal static class SampleClient
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 42, 10, TimeSpan.Zero);

    public static ClientInfo Named(string clientId) => new(
        clientId,
        IsConnected: true,
        ProtocolVersion.V500,
        Transport: "TCP",
        Address: "10.0.0.7:50123",
        UserName: null,
        KeepAlive: 60,
        LastReceived: Now,
        CleanStart: true,
        SessionExpiry: 0,
        ConnectedAt: Now - TimeSpan.FromMinutes(5),
        DisconnectedAt: null,
        ExpiresAt: null,
        Subscriptions: 0,
        Inflight: 0,
        Queued: 0,
        QueuedBytes: 0,
        OutboxBytes: 0,
        Dropped: 0,
        PublishesReceived: 0,
        PublishesSent: 0,
        ReceivedPerSecond: 0,
        SentPerSecond: 0,
        BytesReceived: 0,
        BytesSent: 0,
        HasWill: false);

    public static ClientInfo Offline(string clientId) => Named(clientId) with
    {
        IsConnected = false,
        Transport = null,
        Address = null,
        LastReceived = null,
        SessionExpiry = 3600,
        DisconnectedAt = Now - TimeSpan.FromMinutes(2),
        ExpiresAt = Now + TimeSpan.FromMinutes(58),
    };
}
