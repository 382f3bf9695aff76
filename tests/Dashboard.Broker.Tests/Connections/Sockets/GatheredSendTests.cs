using System.Net;
using System.Net.Sockets;
using Dashboard.Broker.Connections;
using Dashboard.Broker.Connections.Sockets;

namespace Dashboard.Broker.Tests.Connections.Sockets;

public sealed class GatheredSendTests : IDisposable
{
    private readonly Socket _reader = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _writer;

    public GatheredSendTests()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _reader.ReceiveBufferSize = 8 * 1024;
        _reader.Connect(listener.LocalEndPoint!);
        _writer = listener.Accept();
        _writer.SendBufferSize = 16 * 1024; // less than a test sends
        _writer.Blocking = false;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _writer.Dispose();
    }

    [Fact]
    public void Chunks_go_out_in_one_call_from_where_the_last_one_ended()
    {
        var chunks = Chunks("abc", "defg", "h");
        Assert.Equal(7, GatheredSend.Send(_writer.SafeHandle, chunks, skip: 1));
        var received = new byte[16];
        var count = _reader.Receive(received);
        Assert.Equal("bcdefgh", System.Text.Encoding.ASCII.GetString(received, 0, count));
    }

    [Fact]
    public async Task More_chunks_than_the_system_takes_arrive_in_their_order_as_fast_as_they_are_read()
    {
        var random = new Random(3);
        var all = new byte[200 * 10_000];
        random.NextBytes(all);
        using var loop = new SocketLoop(0, TimeProvider.System);
        var sender = new SocketSender(_writer, loop);
        var transport = new SocketTransport(_writer, loop);
        var chunks = Chunks([.. all.Chunk(10_000)]);
        var sending = sender.SendAsync(chunks, transport).AsTask();
        Assert.False(sending.IsCompleted);

        var received = new byte[all.Length];
        for (var count = 0; count < received.Length;)
        {
            sender.GoOn();
            count += _reader.Receive(received.AsSpan(count, Math.Min(7_777, received.Length - count)));
        }

        sender.GoOn();
        await sending.WaitAsync(Eventually.Patience);
        Assert.True(all.AsSpan().SequenceEqual(received));
    }

    [Fact]
    public void A_full_system_takes_nothing_and_a_lost_connection_is_an_error()
    {
        var chunks = Chunks(new byte[16_000], new byte[16_000]);
        var turns = 0;
        while (GatheredSend.Send(_writer.SafeHandle, chunks, skip: 0) >= 0)
        {
            Assert.InRange(++turns, 0, 10_000);
        }

        _reader.Close(0);
        Assert.True(SpinWait.SpinUntil(IsLost, Eventually.Patience));

        bool IsLost()
        {
            try
            {
                GatheredSend.Send(_writer.SafeHandle, chunks, skip: 0);
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    private static OutboxChunk Chunks(params string[] contents) => Chunks([.. contents.Select(System.Text.Encoding.ASCII.GetBytes)]);

    private static OutboxChunk Chunks(params byte[][] contents)
    {
        OutboxChunk? first = null;
        foreach (var bytes in contents.Reverse())
        {
            var chunk = new OutboxChunk { Next = first };
            chunk.Append(bytes);
            first = chunk;
        }

        return first!;
    }
}
