using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Layout;

namespace Dashboard.Tests.Shared;

public sealed class StateWordsTests
{
    [Fact]
    public void The_state_is_a_few_words_on_every_page()
    {
        var words = StateWords.Of(12, Sample(dropped: 0));

        Assert.Equal("12 clients · 340 msg/s", words.Clients + words.Rate);
        Assert.Equal(Tone.Good, words.Tone);
    }

    [Fact]
    public void One_client_is_not_clients() => Assert.Equal("1 client", StateWords.Of(1, null).Clients);

    [Fact]
    public void Dropped_messages_are_a_warning_in_words()
    {
        var words = StateWords.Of(12, Sample(dropped: 15));

        Assert.Equal(Tone.Warning, words.Tone);
        Assert.Contains("dropped: 15 a second", words.Title);
    }

    private static RateSample Sample(double dropped) => new(default, 340, 900, 0, 0, dropped, 12);
}
