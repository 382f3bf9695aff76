using System.Text;
using Dashboard.Features.Publish;
using Dashboard.Features.Publish.Kept;
using Dashboard.Features.Publish.Repeating;
using Dashboard.Tests.Features.Publish.Kept;

namespace Dashboard.Tests.Features.Publish.Repeating;

public sealed class RepeatingPublishersTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly QuietBroker _broker = new();
    private readonly TemporaryFolder _folder = new();
    private readonly RepeatingPublishers _publishers;

    public RepeatingPublishersTests() => _publishers = Open();

    [Fact]
    public void A_message_goes_out_at_each_turn_with_its_places_filled()
    {
        Add("a/{{counter}}", "n={{counter}}");

        Assert.Equal(Second, _publishers.SendDue());
        Assert.Equal(0, Only.Publisher.Sent);
        Turn(Second);
        Turn(Second);

        Assert.Equal(2, Only.Publisher.Sent);
        Assert.Equal("n=1", Stored("a/1"));
        Assert.Equal("n=2", Stored("a/2"));
        Assert.Equal(_broker.Time.GetUtcNow() + Second, Only.Next);
    }

    [Fact]
    public void A_late_turn_sends_one_message_and_keeps_the_step()
    {
        var begun = _broker.Time.GetUtcNow();
        Add("a");

        Turn(TimeSpan.FromSeconds(10.5));

        Assert.Equal(1, Only.Publisher.Sent);
        Assert.Equal(begun + TimeSpan.FromSeconds(11), Only.Next);
    }

    [Fact]
    public void After_its_last_message_it_is_done_and_can_start_again()
    {
        Add("a", limit: 2);
        Turn(Second);
        Turn(Second);
        Turn(Second);

        Assert.True(Only.Publisher.IsDone);
        Assert.Equal(2, Only.Publisher.Sent);
        Assert.Null(_publishers.SendDue());

        _publishers.Change(Only.Publisher, publisher => publisher with { Sent = 0 });
        Turn(Second);
        Assert.Equal(1, Only.Publisher.Sent);
    }

    [Fact]
    public void A_paused_one_waits_and_counts_on()
    {
        Add("a");
        Turn(Second);
        Assert.Equal(ChangeOutcome.Done, _publishers.Change(Only.Publisher, publisher => publisher with { IsPaused = true }));
        Turn(Second);
        Assert.Equal(1, Only.Publisher.Sent);

        _publishers.Change(Only.Publisher, publisher => publisher with { IsPaused = false });
        Turn(Second);
        Assert.Equal(2, Only.Publisher.Sent);
    }

    [Fact]
    public void Of_two_people_who_change_the_same_one_the_second_is_told()
    {
        Add("a");
        var seen = Only.Publisher;

        Assert.Equal(ChangeOutcome.Done, _publishers.Change(seen, publisher => publisher with { Every = Second * 2 }));
        Assert.Equal(ChangeOutcome.ChangedMeanwhile, _publishers.Change(seen, publisher => publisher with { Every = Second * 3 }));
        Assert.Equal(ChangeOutcome.ChangedMeanwhile, _publishers.Delete(seen));

        Assert.Equal(Second * 2, Only.Publisher.Every);
        Assert.Equal(ChangeOutcome.Done, _publishers.Delete(Only.Publisher));
        Assert.Equal(ChangeOutcome.Gone, _publishers.Delete(seen));
    }

    [Fact]
    public void They_survive_without_a_stop_and_go_on_counting()
    {
        Add("a/{{counter}}");
        for (var i = 0; i < 6; i++)
        {
            Turn(Second);
        }

        var again = Open(); // as after a kill: nobody said that the first one ends

        var kept = Assert.Single(again.All()).Publisher;
        Assert.InRange(kept.Sent, 1, 6);
        Assert.Equal("a/{{counter}}", kept.Draft.Topic);
        _publishers.KeepCounts();
        Assert.Equal(6, Assert.Single(Open().All()).Publisher.Sent);
    }

    [Fact]
    public void One_with_a_limit_never_goes_over_it_whenever_the_program_is_killed()
    {
        Add("a/{{counter}}", limit: 4);
        for (var i = 0; i < 3; i++)
        {
            Turn(Second);
        }

        var again = Open(); // as after a kill, within the 5 s

        Assert.Equal(3, Assert.Single(again.All()).Publisher.Sent);
        _broker.Time.Advance(Second);
        again.SendDue();
        _broker.Time.Advance(Second);
        again.SendDue();
        Assert.True(Assert.Single(again.All()).Publisher.IsDone);
        Assert.NotNull(_broker.Broker.FindRetained("a/4"));
        Assert.Null(_broker.Broker.FindRetained("a/5"));
    }

    [Fact]
    public void There_are_no_more_than_the_options_allow_and_none_too_large()
    {
        Assert.Equal(ChangeOutcome.TooLarge, _publishers.Add(new MessageDraft { Topic = "a", Payload = new string('x', RepeatingPublishers.MaxSize) }, Second, null));
        Add("a");
        Add("b");
        Add("c");

        Assert.Equal(ChangeOutcome.Full, _publishers.Add(new MessageDraft { Topic = "d" }, Second, null));
        Assert.Equal(2, _publishers.Refused);
    }

    [Theory]
    [InlineData("a/#", "", "contains #")]
    [InlineData("a", "{{counter", "never closed")]
    public void A_message_that_could_not_be_sent_is_not_repeated(string topic, string payload, string words)
    {
        Assert.Null(RepeatingMessage.Read(new MessageDraft { Topic = topic, Payload = payload }, new TemplateMoment(0, default), out var error));
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_repeated_as_they_are()
    {
        var draft = new MessageDraft { Topic = "a", Payload = "7b 7b", Notation = PayloadNotation.Hex };

        var message = RepeatingMessage.Read(draft, new TemplateMoment(0, default), out _)!;

        Assert.Equal("{{"u8.ToArray(), message.Fill(new TemplateMoment(0, default)).Payload.ToArray());
    }

    public void Dispose()
    {
        _broker.Dispose();
        _folder.Dispose();
    }

    private RepeatingState Only => Assert.Single(_publishers.All());

    private RepeatingPublishers Open() => new(_folder.Kept<RepeatingPublisher>(), _broker.Broker, 3, _broker.Time);

    private void Add(string topic, string payload = "x", long? limit = null) =>
        Assert.Equal(ChangeOutcome.Done, _publishers.Add(new MessageDraft { Topic = topic, Payload = payload, Retain = true }, Second, limit));

    private void Turn(TimeSpan time)
    {
        _broker.Time.Advance(time);
        _publishers.SendDue();
    }

    private string Stored(string topic) => Encoding.UTF8.GetString(_broker.Broker.FindRetained(topic)!.Payload);
}
