using Dashboard.Broker.Sessions;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Sessions;

public sealed class InflightWindowTests
{
    private readonly InflightWindow _window = new();

    [Fact]
    public void Identifiers_go_round_after_65535_and_leave_out_0()
    {
        var last = 0;
        for (var i = 0; i < 70_000; i++)
        {
            var id = Add();
            Assert.Equal((last % 65_535) + 1, id);
            last = id;
            _window.Remove(id);
        }

        Assert.Equal((0, true), (_window.Count, _window.HasIdentifier));
    }

    [Fact]
    public void The_window_may_lie_across_the_end_of_the_identifiers()
    {
        for (var i = 0; i < 65_530; i++)
        {
            _window.Remove(Add());
        }

        var ids = Enumerable.Range(0, 10).Select(_ => Add()).ToList();
        Assert.Equal([65_531, 65_532, 65_533, 65_534, 65_535, 1, 2, 3, 4, 5], ids.Select(id => (int)id));
        Assert.Equal(ids, _window.InOrder().Select(entry => entry.PacketId));
        _window.Remove(1);
        _window.Remove(65_535);
        _window.Remove(65_531);
        Assert.Equal([65_532, 65_533, 65_534, 2, 3, 4, 5], _window.InOrder().Select(entry => (int)entry.PacketId));
        Assert.Equal((InflightState.Free, InflightState.AwaitingPubAck), (_window.StateOf(1), _window.StateOf(2)));
    }

    [Fact]
    public void All_identifiers_can_be_in_use_at_once_and_then_there_is_none()
    {
        for (var i = 1; i <= 65_535; i++)
        {
            Assert.True(_window.HasIdentifier);
            Assert.Equal(i, Add());
        }

        Assert.False(_window.HasIdentifier);
        _window.Remove(2);
        Assert.False(_window.HasIdentifier);
        _window.Remove(1);
        Assert.True(_window.HasIdentifier);
        Assert.Equal(1, Add());
        Assert.Equal(65_534, _window.Count);
    }

    [Fact]
    public void Acknowledgements_may_come_in_any_order()
    {
        var ids = Enumerable.Range(0, 40).Select(_ => Add()).ToList();
        foreach (var id in ids.Where(id => id % 2 == 0).Reverse())
        {
            _window.Remove(id);
        }

        Assert.Equal(ids.Where(id => id % 2 == 1), _window.InOrder().Select(entry => entry.PacketId));
        _window.Remove(2);
        _window.Remove(0);
        _window.Remove(41);
        Assert.Equal(20, _window.Count);
    }

    [Fact]
    public void After_pubrec_the_message_itself_is_let_go()
    {
        var id = Add(QualityOfService.ExactlyOnce);
        Assert.Equal(InflightState.AwaitingPubRec, _window.StateOf(id));
        _window.AwaitPubComp(id);
        var entry = Assert.Single(_window.InOrder());
        Assert.Equal((InflightState.AwaitingPubComp, null), (entry.State, entry.Message.Message));
    }

    [Fact]
    public void A_new_connection_sends_again_in_order_what_waits_for_puback_or_pubrec()
    {
        var ids = Enumerable.Range(0, 6).Select(i => Add(i % 2 == 0 ? QualityOfService.AtLeastOnce : QualityOfService.ExactlyOnce)).ToList();
        _window.AwaitPubComp(ids[1]);
        _window.BeginResend();
        Assert.Equal(5, _window.Unsent);
        Assert.Equal(ids[0], Next());
        _window.Remove(ids[0]);
        _window.Remove(ids[2]);
        Assert.Equal(ids[3], Next());
        var fresh = Add();
        Assert.Equal(ids[4], Next());
        Assert.Equal(ids[5], Next());
        Assert.Null(Next());
        Assert.Equal((0, 5), (_window.Unsent, _window.Count));
        _window.BeginResend();
        Assert.Equal($"{ids[3]} {ids[4]} {ids[5]} {fresh}", $"{Next()} {Next()} {Next()} {Next()}");
    }

    [Fact]
    public void What_was_held_is_sent_for_the_first_time_in_its_place_also_on_the_next_connection()
    {
        var sent = Add();
        var held = _window.NextId;
        _window.Hold(TestMessages.Outbound("x", QualityOfService.ExactlyOnce), generation: 7);
        Assert.True(_window.TryPeekUnsent(out var generation));
        Assert.Equal((7, 1), (generation, _window.Unsent));
        _window.BeginResend();
        Assert.True(_window.TryTakeUnsent(out var first, out _, out var isAgain));
        Assert.Equal((sent, true), (first, isAgain));
        Assert.True(_window.TryTakeUnsent(out var second, out _, out isAgain));
        Assert.Equal((held, false), (second, isAgain));
        _window.BeginResend();
        Next();
        Assert.True(_window.TryTakeUnsent(out _, out _, out isAgain));
        Assert.True(isAgain);
    }

    [Fact]
    public void Cleared_it_is_empty_and_can_be_used_again()
    {
        Add();
        _window.BeginResend();
        _window.Clear();
        Assert.Equal((0, 0), (_window.Count, _window.Unsent));
        Assert.Empty(_window.InOrder());
        Add();
        Assert.Single(_window.InOrder());
    }

    private ushort? Next() => _window.TryTakeUnsent(out var id, out _, out _) ? id : null;

    private ushort Add(QualityOfService qos = QualityOfService.AtLeastOnce)
    {
        var id = _window.NextId;
        _window.Add(TestMessages.Outbound("x", qos));
        return id;
    }
}
