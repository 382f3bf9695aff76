using Dashboard.Broker.Routing;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Routing;

public sealed class SharedGroupTests
{
    private readonly SharedGroup _group = new("g", "a");

    [Fact]
    public void Members_take_turns()
    {
        var members = Add(3);
        Deliver(30);
        Assert.All(members, member => Assert.Equal(10, member.Delivered));
    }

    [Fact]
    public void A_member_that_cannot_take_it_passes_it_on()
    {
        var members = Add(2);
        members[0].Answer = Delivery.Dropped;
        Assert.All(Deliver(10), outcome => Assert.Equal(Delivery.Sent, outcome));
        Assert.Equal(10, members[1].Delivered);
    }

    [Fact]
    public void Offline_members_are_asked_only_when_nobody_is_connected()
    {
        var members = Add(2);
        members[0].IsConnected = false;
        members[0].Answer = Delivery.Queued;
        Deliver(4);
        Assert.Equal((0, 4), (members[0].Delivered, members[1].Delivered));
        members[1].IsConnected = false;
        members[1].Answer = Delivery.Skipped;
        Assert.All(Deliver(4), outcome => Assert.Equal(Delivery.Queued, outcome));
        Assert.Equal(4, members[0].Delivered);
    }

    [Fact]
    public void Without_a_member_that_takes_it_the_message_is_lost_to_the_group()
    {
        Assert.Equal([Delivery.Skipped], Deliver(1));
        var member = Add(1)[0];
        member.Answer = Delivery.Dropped;
        Assert.Equal([Delivery.Dropped], Deliver(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_no_member_takes_is_lost_once_and_what_one_takes_is_not(bool areConnected)
    {
        var members = Add(3);
        foreach (var member in members)
        {
            (member.IsConnected, member.Answer) = (areConnected, Delivery.Dropped);
        }

        Assert.Equal([Delivery.Dropped], Deliver(1));
        Assert.Single(members.SelectMany(member => member.Dropped));

        members[2].Answer = areConnected ? Delivery.Sent : Delivery.Queued;
        Deliver(10);
        Assert.Single(members.SelectMany(member => member.Dropped));
    }

    [Fact]
    public void A_member_is_there_once()
    {
        var member = Add(1)[0];
        Assert.False(_group.Set(Subscription(member)));
        Assert.Single(_group.Members);
        Assert.True(_group.Remove(member));
        Assert.False(_group.Remove(member));
    }

    [Fact]
    public async Task No_message_is_lost_while_a_member_subscribes_again()
    {
        var member = Add(1)[0];
        var subscribing = Task.Run(() =>
        {
            for (var i = 0; i < 100_000; i++)
            {
                _group.Set(Subscription(member));
            }
        });

        while (!subscribing.IsCompleted)
        {
            Assert.All(Deliver(100), outcome => Assert.Equal(Delivery.Sent, outcome));
        }

        await subscribing;
    }

    private static Subscription Subscription(FakeSubscriber member) => new(member, QualityOfService.AtLeastOnce, false, false, null);

    private List<FakeSubscriber> Add(int count)
    {
        var members = Enumerable.Range(0, count).Select(_ => new FakeSubscriber()).ToList();
        Assert.All(members, member => Assert.True(_group.Set(Subscription(member))));
        return members;
    }

    private List<Delivery> Deliver(int count)
    {
        var outcomes = new List<Delivery>();
        for (var i = 0; i < count; i++)
        {
            var publish = TestMessages.Publish("a");
            outcomes.Add(_group.Deliver(ref publish, new DeliveryBatch()));
        }

        return outcomes;
    }
}
