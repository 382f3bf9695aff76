using Dashboard.Broker.Sessions;
using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Sessions;

public sealed class SessionQueueTests
{
    [Fact]
    public void Messages_leave_in_the_order_they_came()
    {
        var queue = new SessionQueue(new BrokerOptions());
        foreach (var payload in new[] { "1", "2", "3" })
        {
            queue.Add(TestMessages.Outbound(payload));
        }

        Assert.Equal(3, queue.Count);
        Assert.Equal("1 2 3", $"{Take(queue)} {Take(queue)} {Take(queue)}");
        Assert.Equal((0, 0L), (queue.Count, queue.Bytes));
    }

    [Fact]
    public void It_is_full_by_count()
    {
        var queue = new SessionQueue(new BrokerOptions { MaxQueuedMessages = 2 });
        queue.Add(TestMessages.Outbound("1"));
        Assert.False(queue.IsFullFor(1));
        queue.Add(TestMessages.Outbound("2"));
        Assert.True(queue.IsFullFor(1));
    }

    [Fact]
    public void It_is_full_by_bytes_of_topics_and_payloads()
    {
        var queue = new SessionQueue(new BrokerOptions { MaxQueuedBytes = 1024 });
        queue.Add(TestMessages.Outbound(new string('x', 1000)));
        Assert.Equal(1001, queue.Bytes);
        Assert.False(queue.IsFullFor(23));
        Assert.True(queue.IsFullFor(24));
        queue.Clear();
        Assert.Equal((0, 0L), (queue.Count, queue.Bytes));
    }

    private static string Take(SessionQueue queue) => System.Text.Encoding.UTF8.GetString(queue.Take().Message.Payload);
}
