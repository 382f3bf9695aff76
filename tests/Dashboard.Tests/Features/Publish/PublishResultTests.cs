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

    [Theory]
    [InlineData("$SYS")]
    [InlineData("$SYS/broker/uptime")]
    public void Nobody_but_the_broker_publishes_on_its_own_topics(string topic)
    {
        using var broker = new QuietBroker();
        var report = broker.Broker.Publish(new PublishRequest(topic, "x"u8.ToArray(), Retain: true));

        Assert.Equal(ReasonCode.NotAuthorized, report.Reason);
        Assert.Null(broker.Broker.FindRetained(topic));
        Assert.Equal("Only the broker itself publishes on $SYS. Choose another topic.", new MessageDraft { Topic = topic }.TopicError);
        Assert.Equal("Not published. Only the broker itself publishes on $SYS. Choose another topic.", PublishResult.Of(new PublishRequest(topic, default), report, nearMiss: null).Text);
        Assert.Null(new MessageDraft { Topic = "$SYSTEM" }.TopicError);
    }

    [Fact]
    public void What_is_published_while_its_topic_is_watched_has_a_journey()
    {
        using var broker = new QuietBroker();
        var draft = new MessageDraft { Topic = "a", Payload = "1" };
        Assert.Null(PublishResult.Send(broker.Broker, draft, broker.Journeys).Journey);

        using (broker.Streams.Watch("a"))
        {
            var sequence = PublishResult.Send(broker.Broker, draft, broker.Journeys).Journey;
            Assert.Equal("a", broker.Journeys.Find(sequence!.Value)!.Topic);
            Assert.Null(PublishResult.Send(broker.Broker, draft with { Topic = "b" }, broker.Journeys).Journey);
        }

        Assert.Null(PublishResult.Send(broker.Broker, draft, broker.Journeys).Journey);
    }

    private static PublishReport Nobody => new(ReasonCode.NoMatchingSubscribers, "", 0, 0, 0, 0);
}
