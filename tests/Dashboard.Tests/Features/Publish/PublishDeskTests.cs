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
}
