using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Dashboard.Broker.Connections.Sockets;

/// <summary>Linux's writev(2): many chunks to a socket in one call, from where they lie.</summary>
internal static class GatheredSend
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int Capacity = 64;

    [ThreadStatic]
    private static Piece[]? _pieces;

    /// <summary>Sends from a list of chunks as much as the system takes of it in one call.</summary>
    /// <param name="skip">Bytes of the first chunk that were sent before.</param>
    /// <returns>Bytes that were taken; -1 when the system takes nothing for now.</returns>
    public static long Send(SafeSocketHandle socket, OutboxChunk chunks, int skip)
    {
        var pieces = _pieces ??= new Piece[Capacity];
        var count = 0;
        for (var chunk = chunks; chunk is not null && count < Capacity; chunk = chunk.Next)
        {
            pieces[count++] = new Piece(chunk.Address + skip, chunk.Written.Length - skip);
            skip = 0;
        }

        while (true)
        {
            var sent = writev(socket, ref pieces[0], count);
            if (sent >= 0)
            {
                return sent;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    continue;
                case TryAgain:
                    return -1;
                case var error:
                    throw new IOException($"The connection was lost ({new Win32Exception(error).Message}).");
            }
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Piece(nint Start, nint Length);

#pragma warning disable IDE1006, SYSLIB1054 // the C library's name; generated marshalling would need unsafe code
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint writev(SafeHandle socket, ref Piece pieces, int count);
#pragma warning restore IDE1006, SYSLIB1054
}
