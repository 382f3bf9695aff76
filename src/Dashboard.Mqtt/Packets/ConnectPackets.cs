namespace Dashboard.Mqtt.Packets;

/// <summary>The message that the server publishes for a client that goes without saying so.</summary>
public sealed record WillMessage(string Topic, byte[] Payload, QualityOfService QoS, bool Retain, Properties? Properties = null);

/// <summary>CONNECT (section 3.1).</summary>
public sealed record ConnectPacket
{
    public ProtocolVersion Version { get; init; } = ProtocolVersion.V500;

    /// <summary>Empty when the client asks the server to assign one.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>"Clean session" in 3.1 and 3.1.1.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>Seconds; 0 turns the keep alive off.</summary>
    public ushort KeepAlive { get; init; }

    public string? UserName { get; init; }

    public byte[]? Password { get; init; }

    public WillMessage? Will { get; init; }

    /// <summary>Null before MQTT 5.0 and when the packet carries none.</summary>
    public Properties? Properties { get; init; }
}

/// <summary>CONNACK (section 3.2). For 3.1 and 3.1.1 the codec maps the reason to the return codes 0 to 5.</summary>
public sealed record ConnAckPacket(ReasonCode Reason, bool SessionPresent = false, Properties? Properties = null);

/// <summary>DISCONNECT (section 3.14). Before MQTT 5.0 it has no reason and only a client sends it.</summary>
public sealed record DisconnectPacket(ReasonCode Reason = ReasonCode.Success, Properties? Properties = null);

/// <summary>AUTH (section 3.15), MQTT 5.0 only.</summary>
public sealed record AuthPacket(ReasonCode Reason, Properties? Properties = null);
