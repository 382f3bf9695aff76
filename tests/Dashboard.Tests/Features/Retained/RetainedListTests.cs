using Dashboard.Features.Retained;

namespace Dashboard.Tests.Features.Retained;

public sealed class RetainedListTests : IDisposable
{
    private readonly QuietBroker _broker = new();
    private readonly RetainedList _list;

    public RetainedListTests() => _list = new RetainedList(_broker.Broker, _broker.Time);

    [Theory]
    [InlineData(0, 30)]
    [InlineData(90, 30)]
    [InlineData(100, 100)]
    [InlineData(240, 10)]
    public void Any_piece_can_be_read(int start, int count)
    {
        for (var i = 0; i < 250; i++)
        {
            _broker.Retain($"a/{i:000}");
        }

        _list.Look();

        Assert.Equal(250, _list.Count);
        Assert.Equal(Enumerable.Range(start, count).Select(i => $"a/{i:000}"), _list.Read(start, count).Select(entry => entry.Topic));
    }

    [Fact]
    public void A_message_that_is_no_longer_there_is_a_row_that_says_so()
    {
        _broker.Retain("a");
        _list.Look();
        _broker.Broker.DeleteRetained("a");

        Assert.Equal(new RetainedEntry("a", null), Assert.Single(_list.Read(0, 10)));
    }

    [Fact]
    public void A_filter_narrows_the_list_at_once()
    {
        _broker.Retain("house/a");
        _broker.Retain("garden/a");

        _list.Filter = RetainedFilter.All with { Topics = "house/#" };

        Assert.Equal(1, _list.Count);
        Assert.Equal("house/a", Assert.Single(_list.Read(0, 10)).Topic);
    }

    [Fact]
    public void Messages_grow_old_enough_without_a_change_of_the_store()
    {
        _broker.Retain("a");
        _list.Filter = RetainedFilter.All with { OlderThan = TimeSpan.FromMinutes(1) };
        Assert.Equal(0, _list.Count);

        _broker.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.True(_list.Refresh());
        Assert.Equal(1, _list.Count);
    }

    [Fact]
    public void It_looks_again_only_when_the_store_has_changed()
    {
        _list.Look();
        var version = _list.Version;

        Assert.False(_list.Refresh());
        _broker.Retain("a");
        Assert.True(_list.Refresh());
        Assert.Equal((1, version + 1), (_list.Count, _list.Version));
    }

    public void Dispose() => _broker.Dispose();
}
