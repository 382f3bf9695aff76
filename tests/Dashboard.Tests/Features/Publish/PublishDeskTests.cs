using Dashboard.Features.Publish;
using Dashboard.Shared.Controls;

namespace Dashboard.Tests.Features.Publish;

public sealed class PublishDeskTests
{
    [Fact]
    public void The_newest_is_first_and_the_oldest_go()
    {
        var desk = new PublishDesk(new SteppedTime());
        for (var i = 1; i <= PublishDesk.MaxSent + 1; i++)
        {
            desk.Add(new MessageDraft { Topic = $"{i}" }, new PublishResult(Tone.Good, ""));
        }

        Assert.Equal(PublishDesk.MaxSent, desk.Sent.Count);
        Assert.Equal($"{PublishDesk.MaxSent + 1}", desk.Sent[0].Draft.Topic);
        Assert.Equal("2", desk.Sent[^1].Draft.Topic);
    }

    [Fact]
    public void What_was_sent_is_remembered_by_the_browser_but_for_large_ones()
    {
        var desk = new PublishDesk(new SteppedTime());
        var small = desk.Add(new MessageDraft { Topic = "small" }, new PublishResult(Tone.Good, "Sent."));
        var large = desk.Add(new MessageDraft { Topic = "large", Payload = new string('x', 20_000) }, new PublishResult(Tone.Good, "Sent."));
        var remembered = PublishDesk.Remembered(large, PublishDesk.Remembered(small, null));

        var later = new PublishDesk(new SteppedTime());
        later.Recall(remembered);

        var message = Assert.Single(later.Sent);
        Assert.Equal(("small", "Sent."), (message.Draft.Topic, message.Result.Text));
    }

    [Fact]
    public void Two_tabs_remember_what_both_sent_and_what_was_forgotten_does_not_come_back()
    {
        var time = new SteppedTime();
        var (one, other) = (new PublishDesk(time), new PublishDesk(time));
        var remembered = Send(one, "a", null);
        remembered = Send(other, "b", remembered);
        remembered = Send(one, "c", remembered);

        Assert.Equal(["c", "b", "a"], one.Sent.Select(message => message.Draft.Topic));
        Assert.Equal(["b", "a"], other.Sent.Select(message => message.Draft.Topic));
        var later = new PublishDesk(time);
        later.Recall(remembered);
        Assert.Equal(["c", "b", "a"], later.Sent.Select(message => message.Draft.Topic));
        Assert.Equal(3, later.Sent.Select(message => message.Number).Distinct().Count());

        one.Forget();
        later = new PublishDesk(time);
        later.Recall(Send(other, "d", "[]"));
        Assert.Equal(["d"], later.Sent.Select(message => message.Draft.Topic));

        string Send(PublishDesk desk, string topic, string? now)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            var all = PublishDesk.Remembered(desk.Add(new MessageDraft { Topic = topic }, new PublishResult(Tone.Good, "Sent.")), now);
            desk.Recall(now);
            return all;
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[null, {}]")]
    [InlineData("""[{"draft":{"topic":null},"result":{"text":"x"}}]""")]
    public void What_the_browser_remembers_may_be_anything(string? remembered)
    {
        var desk = new PublishDesk(new SteppedTime());

        desk.Recall(remembered);

        Assert.Empty(desk.Sent);
    }

    [Fact]
    public void A_large_file_is_not_held_for_being_sent_again()
    {
        var desk = new PublishDesk(new SteppedTime());
        var draft = new MessageDraft { Topic = "a", Notation = PayloadNotation.File, File = new DraftFile("large.bin", new byte[2_000_000]) };

        desk.Add(draft, new PublishResult(Tone.Good, ""));

        Assert.Null(desk.Sent[0].Draft.File);
        Assert.NotNull(draft.File);
    }
}
