using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Journeys;

namespace Dashboard.Tests.Shared;

public sealed class JourneyWordsTests
{
    [Theory]
    [InlineData(JourneyStage.Sent, QualityOfService.AtMostOnce, "sent")]
    [InlineData(JourneyStage.Sent, QualityOfService.AtLeastOnce, "sent, not acknowledged yet")]
    [InlineData(JourneyStage.PubAck, QualityOfService.AtLeastOnce, "acknowledged")]
    [InlineData(JourneyStage.PubRec, QualityOfService.ExactlyOnce, "received, handshake not finished")]
    [InlineData(JourneyStage.OutboxFull, QualityOfService.AtMostOnce, "lost: the client reads too slowly")]
    public void The_last_moment_says_how_it_ended(JourneyStage last, QualityOfService granted, string words)
    {
        var receiver = Receiver(granted, new JourneyMoment(last, default, ReasonCode.Success));

        Assert.Equal(words, JourneyWords.Outcome(Of(receiver), receiver).Text);
    }

    [Fact]
    public void Every_stage_has_words()
    {
        foreach (var stage in Enum.GetValues<JourneyStage>())
        {
            var receiver = Receiver(QualityOfService.ExactlyOnce, new JourneyMoment(stage, default, ReasonCode.Success));
            Assert.NotEmpty(JourneyWords.Step(stage));
            Assert.True(stage is JourneyStage.Matched or >= JourneyStage.RetainedStored || JourneyWords.Outcome(Of(receiver), receiver).Text != Texts.Journey_Matched, $"{stage}");
        }
    }

    [Fact]
    public void A_refusal_names_its_reason()
    {
        var receiver = Receiver(QualityOfService.AtLeastOnce, new JourneyMoment(JourneyStage.PubAck, default, ReasonCode.QuotaExceeded));

        Assert.Equal("refused by the client: 0x97 Quota exceeded", JourneyWords.Outcome(Of(receiver), receiver).Text);
    }

    [Theory]
    [InlineData("acknowledged", JourneyStage.PubAck)]
    [InlineData("retained, in the place of an older one; not acknowledged yet: waits until it is stored", JourneyStage.RetainedReplaced, JourneyStage.Held)]
    [InlineData("PUBREC sent, the publisher has not released it yet", JourneyStage.PubRec)]
    [InlineData("acknowledged", JourneyStage.PubRec, JourneyStage.PubComp)]
    [InlineData("retained", JourneyStage.RetainedStored)]
    public void What_became_of_the_message_itself_has_words(string words, params JourneyStage[] stages)
    {
        var journey = Of(Receiver(QualityOfService.AtMostOnce)) with { Moments = [.. stages.Select(stage => new JourneyMoment(stage, default, ReasonCode.Success))] };

        Assert.Equal(words, string.Join("; ", JourneyWords.Outcomes(journey).Select(outcome => outcome.Text)));
    }

    [Fact]
    public void A_full_store_is_said_once_and_so_is_the_reason_code()
    {
        var journey = Of(Receiver(QualityOfService.AtMostOnce)) with
        {
            Moments = [new JourneyMoment(JourneyStage.RetainedFull, default, ReasonCode.Success), new JourneyMoment(JourneyStage.PubAck, default, ReasonCode.QuotaExceeded)],
        };

        Assert.Equal(["not retained and not passed on: the retained store is full", "refused: 0x97 Quota exceeded"], JourneyWords.Outcomes(journey).Select(outcome => outcome.Text));
    }

    [Theory]
    [InlineData(QualityOfService.AtMostOnce, "its publisher is not told: QoS 0 has no answer", JourneyStage.Refused)]
    [InlineData(QualityOfService.AtMostOnce, "not retained and not passed on: the retained store is full; its publisher is not told: QoS 0 has no answer", JourneyStage.RetainedFull)]
    [InlineData(QualityOfService.AtLeastOnce, "acknowledged all the same: before MQTT 5.0 an acknowledgement has no word for a refusal", JourneyStage.Refused, JourneyStage.PubAck)]
    [InlineData(QualityOfService.ExactlyOnce, "acknowledged all the same: before MQTT 5.0 an acknowledgement has no word for a refusal", JourneyStage.Refused, JourneyStage.PubRec, JourneyStage.PubComp)]
    [InlineData(QualityOfService.AtLeastOnce, "its publisher was disconnected for it", JourneyStage.Refused, JourneyStage.PublisherClosed)]
    public void What_the_publisher_of_a_refused_message_knows_has_words(QualityOfService qos, string words, params JourneyStage[] stages)
    {
        var journey = Of(Receiver(qos)) with
        {
            QoS = qos,
            Refusal = new MessageRefusal(ReasonCode.NotAuthorized, new EventText(EventCode.CauseOnlyBroker)),
            Moments = [.. stages.Select(stage => new JourneyMoment(stage, default, ReasonCode.Success))],
        };

        Assert.Equal(words, string.Join("; ", JourneyWords.Outcomes(journey).Select(outcome => outcome.Text)));
    }

    [Theory]
    [InlineData(8, "8 µs")]
    [InlineData(2_140, "2.1 ms")]
    [InlineData(1_250_000, "1.25 s")]
    [InlineData(125_000_000, "2 min 5 s")]
    public void Times_are_written_in_the_unit_that_fits(double microseconds, string words) =>
        Assert.Equal(words, JourneyWords.Time(TimeSpan.FromMicroseconds(microseconds)));

    [Fact]
    public void Each_tenfold_time_takes_as_much_room_as_the_one_before()
    {
        var scale = new JourneyScale(Of(Receiver(QualityOfService.AtLeastOnce, Moment(0), Moment(100), Moment(9_000))));

        Assert.Equal([10, 100, 1_000, 10_000], scale.Ticks.Select(tick => tick.Time.TotalMicroseconds));
        Assert.Equal([0, 0.25, 0.5, 1], new[] { 1.0, 10, 100, 99_000 }.Select(time => Math.Round(scale.Place(TimeSpan.FromMicroseconds(time)), 3)));

        static JourneyMoment Moment(double microseconds) => new(JourneyStage.Sent, TimeSpan.FromMicroseconds(microseconds), ReasonCode.Success);
    }

    private static JourneyReceiver Receiver(QualityOfService granted, params JourneyMoment[] moments) => new("c", ["t"], granted, 0, moments);

    private static Journey Of(JourneyReceiver receiver) => new(1, DateTimeOffset.UnixEpoch, "t", "p", QualityOfService.ExactlyOnce, false, [], 0, [], [receiver], 0);
}
