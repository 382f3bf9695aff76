namespace Dashboard.Broker;

/// <summary>The broker cannot start; the message says why in words for the person who starts it.</summary>
public sealed class BrokerStartException(string message, Exception cause) : Exception(message, cause);
