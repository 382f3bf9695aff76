using Dashboard.Broker;
using Dashboard.Shared.Deletions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Shared;

public sealed class DeletionPreviewTests : IDisposable
{
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly QuietBroker _broker = new();
    private readonly BrokerOptions _options = new() { DataDirectory = Directory.CreateTempSubdirectory("protected-").FullName };
    private readonly ProtectedTopics _protection;

    public DeletionPreviewTests() => _protection = new ProtectedTopics(_options, NullLogger<ProtectedTopics>.Instance);

    [Fact]
    public void What_is_protected_counts_neither_as_messages_nor_as_bytes_nor_towards_what_cannot_be_undone()
    {
        for (var film = 0; film < 5; film++)
        {
            _broker.Retain($"plant/film/{film}", new string('x', 15_000_000));
        }

        Assert.True(Preview("plant/#").IsForGood);

        _protection.Add("The first two", "plant/film/0");
        _protection.Add("The first two", "plant/film/1");

        var preview = Preview("plant/#");
        Assert.Equal(["plant/film/2", "plant/film/3", "plant/film/4"], preview.Free);
        Assert.Equal((2, "The first two"), (preview.Protected, Assert.Single(preview.ProtectedBy)));
        Assert.InRange(preview.Bytes, 45_000_000, 45_001_000);
        Assert.False(preview.IsForGood);
    }

    [Fact]
    public void The_button_that_puts_back_says_how_many_and_for_how_long_it_can()
    {
        _broker.Retain("a/b");
        _broker.Retain("a/c");
        var deletion = new RecentDeletions(_broker.Broker, _protection, _broker.Time, MaxBytes).Delete("a/#");

        Assert.Equal("Undo (2 messages, 10 min left)", DeletionWords.Undo(deletion, deletion.Time + TimeSpan.FromSeconds(59)));
        Assert.Equal("Undo (2 messages, 9 min left)", DeletionWords.Undo(deletion, deletion.Time + TimeSpan.FromSeconds(61)));
        Assert.Equal("Undo (2 messages, 1 min left)", DeletionWords.Undo(deletion, deletion.Time + RecentDeletions.HeldFor - TimeSpan.FromSeconds(1)));
    }

    public void Dispose()
    {
        _broker.Dispose();
        Directory.Delete(_options.DataDirectory, recursive: true);
    }

    private DeletionPreview Preview(string filter) => new(_broker.Broker.FindRetained(new RetainedQuery(filter)), _broker.Broker, _protection, new RecentDeletions(_broker.Broker, _protection, _broker.Time, MaxBytes));
}
