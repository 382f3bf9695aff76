using Dashboard.Broker;
using Dashboard.Features.Publish;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Controls;

namespace Dashboard.Tests.Features.Publish;

public sealed class PublishResultTests
{
    private static readonly PublishRequest Request = new("a", "x"u8.ToArray());

    [Theory]
    [InlineData(3, 0, 0, 0, Tone.Good, "Sent to 3 sessions.")]
    [InlineData(3, 1, 0, 0, Tone.Good, "Sent to 3 sessions, queued for 1 session.")]
    [InlineData(1, 0, 2, 0, Tone.Warning, "Sent to 1 session, lost for 2 sessions to a limit.")]
    [InlineData(0, 0, 0, 1, Tone.Good, "Not sent to 1 session (offline at QoS 0, or too large for it).")]
    public void Deliveries_are_counted_in_words(int sent, int queued, int dropped, int skipped, Tone tone, string words)
    {
        var result = PublishResult.Of(Request, new PublishReport(ReasonCode.Success, "", sent, queued, dropped, skipped), nearMiss: null);

        Assert.Equal((tone, words), (result.Tone, result.Text));
    }

    [Fact]
    public void Nobody_is_said_with_the_nearest_miss()
    {
        var result = PublishResult.Of(Request, Nobody, new NearMiss("logger", "A", "upper and lower case differ"));

        Assert.Equal(Tone.Warning, result.Tone);
        Assert.Equal("It reached nobody: nobody was subscribed to this topic. logger listens to A: upper and lower case differ; topics are case-sensitive.", result.Text);
    }

    [Fact]
    public void A_retained_message_is_stored()
    {
        var result = PublishResult.Of(Request with { Retain = true }, Nobody, nearMiss: null);

        Assert.Equal(Tone.Good, result.Tone);
        Assert.Contains("Stored as the retained message", result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_retained_message_clears() =>
        Assert.Contains(
            "clears what was stored",
            PublishResult.Of(new PublishRequest("a", default, Retain: true), Nobody, nearMiss: null).Text,
            StringComparison.Ordinal);

    [Fact]
    public void A_refusal_says_why() =>
        Assert.Equal(
            "Not published. The retained store is full (Broker:MaxRetainedMessages, Broker:MaxRetainedBytes).",
            PublishResult.Of(Request, new PublishReport(ReasonCode.QuotaExceeded, "The retained store is full", 0, 0, 0, 0), nearMiss: null).Text);

    private static PublishReport Nobody => new(ReasonCode.NoMatchingSubscribers, "", 0, 0, 0, 0);
}
