using System.Text;
using Dashboard.Features.Publish;
using Dashboard.Features.Publish.Kept;
using Dashboard.Features.Publish.Saved;
using Dashboard.Mqtt.Packets;
using Dashboard.Tests.Features.Publish.Kept;

namespace Dashboard.Tests.Features.Publish.Saved;

public sealed class SavedMessagesTests : IDisposable
{
    private static readonly MessageDraft Draft = new()
    {
        Topic = "house/light",
        Payload = "00 ff",
        Notation = PayloadNotation.Hex,
        QoS = QualityOfService.AtLeastOnce,
        Retain = true,
        Expiry = "60",
        CorrelationData = "0a",
        CorrelationIsHex = true,
        UserProperties = [new UserProperty("room", "1"), new UserProperty("room", "2")],
    };

    private readonly TemporaryFolder _folder = new();
    private readonly SavedMessages _messages;

    public SavedMessagesTests() => _messages = Open();

    [Fact]
    public void A_message_is_kept_whole()
    {
        _messages.Add("on", "lights", Draft);

        var kept = Assert.Single(Open().All());

        Assert.Equal(("on", "lights"), (kept.Name, kept.Collection));
        AssertSame(Draft, kept.Draft);
    }

    [Fact]
    public void Of_two_people_who_change_the_same_one_the_second_is_told_and_nothing_is_lost()
    {
        _messages.Add("on", "", Draft);
        var seen = _messages.All()[0];

        Assert.Equal(ChangeOutcome.Done, _messages.Change(seen, "first", "", Draft));
        Assert.Equal(ChangeOutcome.ChangedMeanwhile, _messages.Change(seen, "second", "", Draft));
        Assert.Equal(ChangeOutcome.ChangedMeanwhile, _messages.Delete(seen));
        Assert.Equal("first", Assert.Single(_messages.All()).Name);

        Assert.Equal(ChangeOutcome.Done, _messages.Delete(_messages.All()[0]));
        Assert.Equal(ChangeOutcome.Gone, _messages.Change(seen, "second", "", Draft));
    }

    [Fact]
    public void There_are_no_more_than_the_options_allow_and_none_too_large()
    {
        Assert.Equal(ChangeOutcome.TooLarge, _messages.Add("large", "", new MessageDraft { Payload = new string('x', SavedMessages.MaxSize + 1) }));
        Assert.Equal(ChangeOutcome.Full, _messages.AddAll([("1", "", Draft), ("2", "", Draft), ("3", "", Draft), ("4", "", Draft)], out _));
        Assert.Empty(_messages.All());
    }

    [Fact]
    public void They_travel_by_a_file()
    {
        _messages.Add("on", "lights", Draft);

        var read = SavedMessagesFile.Read(SavedMessagesFile.Write(_messages.All()), out var error);

        Assert.Null(error);
        var (name, collection, draft) = Assert.Single(read!);
        Assert.Equal(("on", "lights"), (name, collection));
        AssertSame(Draft, draft);
    }

    [Fact]
    public void A_file_that_is_read_twice_adds_nothing_the_second_time()
    {
        _messages.Add("on", "lights", Draft);
        var read = SavedMessagesFile.Read(SavedMessagesFile.Write(_messages.All()), out _)!;

        Assert.Equal(ChangeOutcome.Done, _messages.AddAll([.. read, ("on", "lamps", Draft), ("on", "lamps", Draft)], out var added));

        Assert.Equal((2, 3), (added, _messages.All().Count));
        Assert.Equal(ChangeOutcome.Done, _messages.AddAll(read, out added));
        Assert.Equal(0, added);
    }

    [Theory]
    [InlineData("{", "not JSON at line 1, byte 2")]
    [InlineData("[]", "not JSON at line 1")]
    [InlineData("null", "not a file of saved messages")]
    [InlineData("""{"kind":"other","messages":[]}""", "not a file of saved messages")]
    [InlineData("""{"kind":"mqtt-dashboard-saved-messages","messages":[null]}""", "message 1 has no name")]
    [InlineData("""{"kind":"mqtt-dashboard-saved-messages","messages":[{"name":" ","draft":{}}]}""", "name or collection of message 1 is empty")]
    [InlineData("""{"kind":"mqtt-dashboard-saved-messages","messages":[{"name":"a"}]}""", "message 1 (a) says nothing")]
    [InlineData("""{"kind":"mqtt-dashboard-saved-messages","messages":[{"name":"a","draft":{"payload":null}}]}""", "message 1 (a) says nothing")]
    [InlineData("""{"kind":"mqtt-dashboard-saved-messages","messages":[{"name":"a","draft":{"qoS":7,"notation":"none"}}]}""", "not JSON at line 1")]
    public void A_bad_file_is_refused_whole_with_the_place(string content, string words)
    {
        Assert.Null(SavedMessagesFile.Read(Encoding.UTF8.GetBytes(content), out var error));
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertSame(MessageDraft one, MessageDraft other)
    {
        Assert.Equal(one with { UserProperties = other.UserProperties }, other);
        Assert.Equal(one.UserProperties, other.UserProperties);
    }

    private SavedMessages Open() => new(_folder.Kept<SavedMessage>(), 3);
}
