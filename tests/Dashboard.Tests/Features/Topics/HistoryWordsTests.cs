using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Features.Topics;

namespace Dashboard.Tests.Features.Topics;

public sealed class HistoryWordsTests
{
    private readonly MonitoringOptions _options = new();

    [Fact]
    public void A_list_that_holds_all_that_came_has_nothing_to_say()
    {
        Assert.Empty(Words(messages: 3, listed: 3));
        Assert.Empty(Words(messages: 20, listed: 20));
    }

    [Fact]
    public void What_is_older_than_the_list_is_long_is_said_with_its_option() =>
        Assert.Equal("The last 20 messages are kept; Broker:Monitoring:HistoryPerTopic keeps more.", Assert.Single(Words(messages: 21, listed: 20)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_list_of_one_is_the_option_and_not_a_message_that_came_too_fast(int depth)
    {
        _options.HistoryPerTopic = depth;
        Assert.Equal("Only the last message is kept; Broker:Monitoring:HistoryPerTopic keeps more.", Assert.Single(Words(messages: 9, listed: 1)));
    }

    [Fact]
    public void What_came_too_fast_and_what_found_no_room_are_two_things()
    {
        var words = Words(messages: 9, listed: 2, notCaptured: 1, notHeld: 6);

        Assert.Equal("Not in this list, faster than 50 a second: 1 message; all are counted. Broker:Monitoring:HistoryRatePerTopic takes more.", words[0]);
        Assert.StartsWith("Not in this list, since the messages of all topics hold 134 MB already: 6 messages;", words[1]);
        Assert.EndsWith("Broker:Monitoring:MaxBytes keeps more.", words[1]);
    }

    private List<string> Words(long messages, int listed, long notCaptured = 0, long notHeld = 0) =>
        [.. HistoryWords.WhatIsMissing(new TopicInfo("t", messages, 0, notCaptured, notHeld, null!), listed, _options)];
}
