using Dashboard.Broker.Monitoring.History;

namespace Dashboard.Broker.Tests.Monitoring.History;

public sealed class HistoryFileTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(3_600_000);

    private readonly string _folder = Directory.CreateTempSubdirectory("history-").FullName;

    [Fact]
    public void Everything_survives_a_restart_and_the_time_between_is_a_gap()
    {
        var before = new BrokerHistory();
        Run(before, 0, 120);
        Save(before, 120);

        var after = Load(120 + 300);
        Run(after, 420, 10);

        var minutes = after.Read(HistoryRange.Day);
        Assert.Equal([0L, 60, 420], minutes.Select(point => point.Start - Start.ToUnixTimeSeconds()));
        Assert.Equal([29.5, 89.5, 424.5], minutes.Select(point => point[HistoryFigure.MessagesIn]));
        Assert.Equal(before.Read(HistoryRange.TenMinutes).Count + 10, after.Read(HistoryRange.TenMinutes).Count);
    }

    [Fact]
    public void What_is_written_again_is_what_is_new_and_the_step_that_grows()
    {
        var history = new BrokerHistory();
        using (var file = Open(0))
        {
            Run(history, 0, 90);
            file.Save(history, Start + TimeSpan.FromSeconds(90));
            Run(history, 90, 60);
            file.Save(history, Start + TimeSpan.FromSeconds(150));
        }

        var minutes = Load(150).Read(HistoryRange.Day);
        Assert.Equal([29.5, 89.5, 134.5], minutes.Select(point => point[HistoryFigure.MessagesIn]));
        Assert.Equal(150, Load(150).Read(HistoryRange.TenMinutes).Count);
    }

    [Fact]
    public void What_is_too_old_is_not_loaded_and_leaves_the_file()
    {
        var history = new BrokerHistory();
        Run(history, 0, 2);
        Save(history, 2);
        var later = 31 * 24 * 3600;

        Assert.All(HistoryRange.All, range => Assert.Empty(Load(later).Read(range)));
        Save(new BrokerHistory(), later);

        Assert.All(HistoryRange.All, range => Assert.Empty(Load(0 + 2).Read(range)));
    }

    [Fact]
    public void A_damaged_file_is_moved_aside()
    {
        File.WriteAllText(Path.Combine(_folder, HistoryFile.Name), "this is no database, and it is longer than the head of one would have to be to be read as one at all, for sure");

        using var file = new HistoryFile(_folder, Start, out var movedTo);
        var history = new BrokerHistory();
        Run(history, 0, 1);
        file.Save(history, Start);

        Assert.True(File.Exists(movedTo));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Run(BrokerHistory history, int from, int seconds)
    {
        foreach (var second in Enumerable.Range(from, seconds))
        {
            history.Add(Start + TimeSpan.FromSeconds(second), [second]);
        }
    }

    private HistoryFile Open(int second) => new(_folder, Start + TimeSpan.FromSeconds(second), out _);

    private void Save(BrokerHistory history, int second)
    {
        using var file = Open(second);
        file.Save(history, Start + TimeSpan.FromSeconds(second));
    }

    private BrokerHistory Load(int second)
    {
        var history = new BrokerHistory();
        using var file = Open(second);
        file.Load(history, Start + TimeSpan.FromSeconds(second));
        return history;
    }
}
