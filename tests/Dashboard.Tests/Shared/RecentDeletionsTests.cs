using Dashboard.Broker;
using Dashboard.Shared.Deletions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Shared;

public sealed class RecentDeletionsTests : IDisposable
{
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly QuietBroker _broker = new();
    private readonly RecentDeletions _deletions;
    private readonly BrokerOptions _options = new() { DataDirectory = Directory.CreateTempSubdirectory("protected-").FullName };
    private readonly ProtectedTopics _protected;

    public RecentDeletionsTests()
    {
        _protected = Protected();
        _deletions = new RecentDeletions(_broker.Broker, _protected, _broker.Time, MaxBytes);
    }

    [Fact]
    public void The_newest_deletion_is_undone_first()
    {
        _broker.Retain("a");
        _broker.Retain("b");
        _deletions.Delete("a");
        _deletions.Delete("b");

        Assert.Equal(1, _deletions.Undo(_deletions.All[0])!.Stored);
        Assert.NotNull(_broker.Broker.FindRetained("b"));
        Assert.Equal(1, _deletions.Undo(_deletions.All[0])!.Stored);
        Assert.NotNull(_broker.Broker.FindRetained("a"));
        Assert.Empty(_deletions.All);
    }

    [Fact]
    public void Two_operators_cannot_undo_the_same()
    {
        _broker.Retain("a");
        var deletion = _deletions.Delete("a");

        Assert.NotNull(_deletions.Undo(deletion));
        Assert.Null(_deletions.Undo(deletion));
    }

    [Fact]
    public void After_ten_minutes_it_is_too_late()
    {
        _broker.Retain("a");
        var deletion = _deletions.Delete("a");

        _broker.Time.Advance(RecentDeletions.HeldFor + TimeSpan.FromSeconds(1));

        Assert.Empty(_deletions.All);
        Assert.Null(_deletions.Undo(deletion));
    }

    [Fact]
    public void Nothing_deleted_is_nothing_to_undo()
    {
        Assert.Equal(0, _deletions.Delete("a").Messages.Count);
        Assert.Empty(_deletions.All);
    }

    [Fact]
    public void The_oldest_deletions_go_when_too_much_is_held()
    {
        var large = new string('x', 15_000_000);
        for (var i = 0; i < 5; i++)
        {
            _broker.Retain($"a/{i}", large);
            _deletions.Delete($"a/{i}");
        }

        Assert.Equal(["a/4", "a/3", "a/2", "a/1"], _deletions.All.Select(deletion => deletion.Filter));
        Assert.All(_deletions.All, deletion => Assert.Equal(1, _deletions.Undo(deletion)!.Stored));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(99, true)]
    [InlineData(10_000, false)]
    public void How_much_is_held_is_an_option_and_more_is_said_to_be_for_good(long maxBytes, bool isForGood)
    {
        var deletions = new RecentDeletions(_broker.Broker, _protected, _broker.Time, maxBytes);
        _broker.Retain("a/b", new string('x', 100));

        Assert.Equal(isForGood, new DeletionPreview(_broker.Broker.FindRetained(new RetainedQuery("a/#")), _broker.Broker, _protected, deletions).IsForGood);

        Assert.Equal(!isForGood, deletions.Delete("a/#").Messages.CanRestore);
        Assert.Equal(isForGood ? 0 : 1, deletions.All.Count);
    }

    [Fact]
    public void A_deletion_that_pushes_others_out_says_so_before_and_after()
    {
        for (var i = 0; i < 5; i++)
        {
            _broker.Retain($"a/{i}", new string('x', 15_000_000));
        }

        _deletions.Delete("a/0");
        _deletions.Delete("a/1");
        Assert.Equal((0, 2), (_deletions.GivenUpFor(10_000_000), _deletions.GivenUpFor(60_000_000)));
        Assert.Equal(1, new DeletionPreview(_broker.Broker.FindRetained(new RetainedQuery("a/#")), _broker.Broker, _protected, _deletions).GivenUp);

        Assert.Equal("Deleted 3 messages of a/#; earlier deletions that can no longer be undone: 1", DeletionWords.Deleted(_deletions.Delete("a/#")));
        Assert.Equal(["a/#", "a/1"], _deletions.All.Select(deletion => deletion.Filter));
    }

    [Fact]
    public void Each_of_several_deletions_can_be_undone_in_any_order()
    {
        _broker.Retain("a");
        _broker.Retain("b");
        var first = _deletions.Delete("a");
        _deletions.Delete("b");

        Assert.Equal(1, _deletions.Undo(first)!.Stored);
        Assert.Equal("b", Assert.Single(_deletions.All).Filter);
    }

    [Fact]
    public void What_was_done_is_said_in_words()
    {
        _broker.Retain("house/a");
        _broker.Retain("house/b");
        _broker.Retain("c");

        Assert.Equal("Deleted 2 messages of house/#", DeletionWords.Deleted(_deletions.Delete("house/#")));
        Assert.Equal("Deleted c", DeletionWords.Deleted(_deletions.Delete("c")));
        Assert.Equal("Nothing was deleted: it had gone already.", DeletionWords.Deleted(_deletions.Delete("c")));
        Assert.Equal("Put back 1 message; 2 left out, a newer message is there.", DeletionWords.Restored(new RestoredRetained(1, 2, 0, 0)));
    }

    [Fact]
    public void What_is_protected_stays_and_the_words_say_so()
    {
        _broker.Retain("door/a");
        _broker.Retain("light/a");
        Assert.Null(_protected.Add("Door states", "door/#"));

        var all = _deletions.Delete("#");

        Assert.Equal((1, 1), (all.Messages.Count, all.Protected));
        Assert.NotNull(_broker.Broker.FindRetained("door/a"));
        Assert.Equal("Deleted 1 message of #; left out, protected: 1", DeletionWords.Deleted(all));
        Assert.Equal("Nothing was deleted: all of it is protected.", DeletionWords.Deleted(_deletions.Delete("door/a")));
    }

    [Fact]
    public void Protected_filters_survive_a_restart_and_can_be_removed()
    {
        _protected.Add("Doors", "door/#");
        _protected.Add("", "window/+");
        Assert.NotNull(_protected.Add("wrong", "door#"));

        var after = Protected();
        Assert.Equal([new ProtectedFilter("Doors", "door/#"), new ProtectedFilter("window/+", "window/+")], after.All);
        Assert.Equal("Doors", after.Of("door/front")?.Name);
        Assert.Null(after.Remove("door/#"));

        Assert.Null(Protected().Of("door/front"));
    }

    [Fact]
    public void What_another_operator_deleted_meanwhile_is_said()
    {
        _broker.Retain("a");
        _broker.Retain("b");
        string[] seen = ["a", "b"];
        var seenAt = _broker.Time.GetUtcNow();
        _deletions.Delete("a");

        var mine = _deletions.Delete("what was chosen", seen, seenAt);

        Assert.Equal("Deleted what was chosen; left out, gone already or replaced by a newer one: 1", DeletionWords.Deleted(mine));
        Assert.Equal(1, _deletions.Undo(mine)!.Stored);
        Assert.Equal(1, _deletions.Undo(_deletions.All[0])!.Stored);
    }

    [Fact]
    public void What_finds_no_room_can_be_put_back_later()
    {
        using var small = new QuietBroker(new BrokerOptions { Storage = StorageKind.Memory, MaxRetainedMessages = 3 });
        var deletions = new RecentDeletions(small.Broker, _protected, small.Time, MaxBytes);
        foreach (var topic in (string[])["a/1", "a/2", "a/3"])
        {
            small.Retain(topic);
        }

        var deletion = deletions.Delete("a/#");
        small.Retain("b/1");
        small.Retain("b/2");

        Assert.Equal((1, 2), deletions.Undo(deletion) is { } first ? (first.Stored, first.NoRoom) : default);
        Assert.Equal("Undo (2 messages, 10 min left)", DeletionWords.Undo(Assert.Single(deletions.All), small.Time.GetUtcNow()));
        small.Broker.DeleteRetained("b/1");
        small.Broker.DeleteRetained("b/2");
        Assert.Equal((2, 0), deletions.Undo(deletions.All[0]) is { } second ? (second.Stored, second.NoRoom) : default);
        Assert.Empty(deletions.All);
    }

    public void Dispose()
    {
        _broker.Dispose();
        Directory.Delete(_options.DataDirectory, recursive: true);
    }

    [Fact]
    public void An_unreadable_list_of_protected_filters_protects_everything_until_somebody_goes_on_without()
    {
        Directory.CreateDirectory(_options.DataDirectory);
        var file = Path.Combine(_options.DataDirectory, ProtectedTopics.FileName);
        File.WriteAllText(file, "[{\"Name\": \"doors\", \"Fil");
        _broker.Retain("door/front");
        var broken = Protected();
        var deletions = new RecentDeletions(_broker.Broker, broken, _broker.Time, MaxBytes);

        var deletion = deletions.Delete("#");

        Assert.Equal((0, 1), (deletion.Messages.Count, deletion.Protected));
        Assert.NotNull(_broker.Broker.FindRetained("door/front"));
        Assert.NotNull(broken.Of("$SYS/broker/uptime"));
        Assert.NotNull(broken.Add("more", "a/#"));
        Assert.NotNull(broken.Remove("#"));
        Assert.False(File.Exists(file));
        Assert.StartsWith("[{", File.ReadAllText(broken.Unreadable!));

        var afterRestart = Protected();
        Assert.NotNull(afterRestart.Of("door/front"));
        Assert.Null(afterRestart.GoOnWithout());
        Assert.Null(afterRestart.Unreadable);
        Assert.Null(afterRestart.Of("door/front"));
        Assert.Null(afterRestart.Add("doors", "door/#"));
        Assert.Equal("doors", Protected().Of("door/front")?.Name);
        Assert.Single(Directory.GetFiles(_options.DataDirectory, "protected.seen-*.json"));
    }

    private ProtectedTopics Protected() => new(_options, NullLogger<ProtectedTopics>.Instance);
}
