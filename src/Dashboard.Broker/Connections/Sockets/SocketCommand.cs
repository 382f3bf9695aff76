namespace Dashboard.Broker.Connections.Sockets;

/// <summary>What other threads ask of a socket; carried out by its loop.</summary>
internal enum SocketCommand
{
    Receive,
    StopReceiving,
    ResumeReceiving,
    Linger,
    SendOn,
    Close,
    Abort,
}
