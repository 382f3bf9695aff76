using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

/// <summary>
/// A method of enhanced authentication (MQTT 5.0, section 4.12), such as SCRAM-SHA-256. A program adds as many as it has
/// to its services, next to <see cref="BrokerServices.AddMqttBroker"/>:
/// <c>services.AddSingleton&lt;IEnhancedAuthentication, MyMethod&gt;()</c>. A client that names one in its CONNECT is let
/// in only by it; one that names another gets 0x8C. Thread-safe.
/// </summary>
public interface IEnhancedAuthentication
{
    /// <summary>The name that clients use for it; case counts.</summary>
    string Method { get; }

    /// <summary>Begins an exchange with one client: when it connects, and whenever it authenticates again.</summary>
    IAuthenticationExchange Begin(AuthenticationRequest request);
}

/// <summary>What is said between one client and a method until one of them is satisfied.</summary>
public interface IAuthenticationExchange
{
    /// <summary>
    /// Answers what the client said. Nothing more is read from the client meanwhile. An exception refuses it with 0x80.
    /// </summary>
    /// <param name="data">The authentication data of its CONNECT or AUTH; empty when there was none.</param>
    /// <param name="cancellationToken">The connection has ended.</param>
    ValueTask<AuthenticationAnswer> ContinueAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken);
}

/// <summary>Who wants to be authenticated.</summary>
/// <param name="Address">Address and port of the other end.</param>
/// <param name="IsAgain">Whether the client is connected and authenticates again.</param>
public sealed record AuthenticationRequest(string ClientId, string? UserName, string Address, bool IsAgain);

/// <summary>What a method makes of what a client said.</summary>
public sealed class AuthenticationAnswer
{
    private AuthenticationAnswer(ReasonCode reason, byte[]? data, EventText? cause = null)
    {
        Reason = reason;
        Data = data;
        Cause = cause;
    }

    internal ReasonCode Reason { get; }

    internal byte[]? Data { get; }

    internal EventText? Cause { get; }

    /// <summary>The client has to answer this (AUTH with 0x18).</summary>
    public static AuthenticationAnswer Continue(byte[] data) => new(ReasonCode.ContinueAuthentication, data);

    /// <summary>The client is who it says it is.</summary>
    /// <param name="data">What it needs to see that the server is, too; null when that is nothing.</param>
    public static AuthenticationAnswer Success(byte[]? data = null) => new(ReasonCode.Success, data);

    /// <summary>The client is not let in, or its connection is closed, with 0x87 (not authorized).</summary>
    /// <param name="cause">For the client's story and, as the reason string, for the client.</param>
    public static AuthenticationAnswer Refuse(string cause) => new(ReasonCode.NotAuthorized, null, EventText.Verbatim(cause));

    internal static AuthenticationAnswer Failed(EventText cause) => new(ReasonCode.UnspecifiedError, null, cause);
}
