using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Client;

/// <summary>Where a client connects to and how it behaves.</summary>
public sealed class MqttClientOptions
{
    public string Host { get; init; } = "localhost";

    public int Port { get; init; } = 1883;

    /// <summary>For example <c>ws://localhost:8080/mqtt</c>; when set, host and port are not used.</summary>
    public Uri? WebSocketUri { get; init; }

    public ConnectPacket Connect { get; init; } = new();

    /// <summary>When off, answer PUBLISH and PUBREL with <see cref="MqttClient.AcknowledgeAsync"/>.</summary>
    public bool AutomaticAcknowledgement { get; init; } = true;

    /// <summary>Sends PINGREQ at half the keep alive time, and closes the connection when one is not answered by the next.</summary>
    public bool AutomaticPing { get; init; } = true;

    /// <summary>Messages that wait to be read; when they are full, the client stops reading from the network.</summary>
    public int MessageCapacity { get; init; } = 10_000;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
