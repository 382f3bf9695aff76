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
        desk.Add(new MessageDraft { Topic = "small" }, new PublishResult(Tone.Good, "Sent."));
        desk.Add(new MessageDraft { Topic = "large", Payload = new string('x', 20_000) }, new PublishResult(Tone.Good, "Sent."));

        var later = new PublishDesk(new SteppedTime());
        later.Recall(desk.Remembered());

        var message = Assert.Single(later.Sent);
        Assert.Equal(("small", "Sent."), (message.Draft.Topic, message.Result.Text));
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
        Assert.True(desk.HasRecalled);
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
