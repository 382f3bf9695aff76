using Dashboard.Shared.Mutes;

namespace Dashboard.Tests.Shared.Mutes;

public sealed class MutedTopicsTests
{
    private readonly MutedTopics _muted = new();

    [Theory]
    [InlineData("a/b", true)]
    [InlineData("a/b/c/d", true)]
    [InlineData("a/bc", false)]
    [InlineData("a", false)]
    [InlineData("b", false)]
    [InlineData("/x", true)]
    [InlineData("x", false)]
    public void A_muted_level_mutes_itself_and_all_below_it(string topic, bool isMuted)
    {
        _muted.Set(["a/b", ""]); // the empty level above "/x"

        Assert.Equal(isMuted, _muted.Has(topic));
    }

    [Fact]
    public void Each_change_is_told_once_and_no_change_is_none()
    {
        var told = 0;
        _muted.Changed += () => told++;

        _muted.Mute("a");
        _muted.Mute("a");
        _muted.Set(["a"]);
        Assert.Equal((1, 1), (told, _muted.Version));

        _muted.Unmute("a");
        _muted.Unmute("a");
        Assert.Equal(2, told);
        Assert.False(_muted.Has("a"));
    }

    [Fact]
    public void No_more_are_muted_than_can_be_shown()
    {
        _muted.Set(Enumerable.Range(0, 2 * MutedTopics.Most).Select(i => $"t{i}"));

        Assert.Equal(MutedTopics.Most, _muted.Topics.Count);
    }
}
