using System.IO.Pipelines;
using System.Text;
using Dashboard.Broker;
using Dashboard.Endpoints.RetainedFile;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Transfer;

namespace Dashboard.Tests.Endpoints.RetainedFile;

public sealed class RetainedExportTests : IDisposable
{
    private const int Large = 300 * 1024;

    private readonly QuietBroker _broker = new();
    private readonly Pipe _file = new();
    private readonly ExportProgress _progress = new();

    [Fact]
    public async Task What_was_deleted_before_its_turn_is_counted_as_gone()
    {
        Store("a", "b", "c");
        var exporting = Export("a", "b", "c");
        Assert.Equal((3, 0, false), (_progress.Newest!.Total, _progress.Newest.Sent, _progress.Newest.Ended)); // "a" fills the pipe

        _broker.Broker.DeleteRetained("c");
        var text = await ReadAll();
        await exporting;

        Assert.Equal(2, text.Count(letter => letter == '\n'));
        Assert.Equal((2, 1, true, true), (_progress.Newest.Sent, _progress.Newest.Gone, _progress.Newest.IsWhole, _progress.Newest.Ended));
    }

    [Fact]
    public async Task When_nobody_reads_any_more_it_ends_short()
    {
        Store("a", "b");
        var exporting = Export("a", "b");

        await _file.Reader.CompleteAsync();
        await exporting;

        Assert.Equal((0, false, true), (_progress.Newest!.Sent, _progress.Newest.IsWhole, _progress.Newest.Ended));
    }

    [Fact]
    public async Task The_newest_download_of_a_link_is_the_one_that_is_shown()
    {
        Store("a", "b");
        var first = Export("a");
        await _file.Reader.CompleteAsync();
        await first;

        var second = new Pipe();
        var exporting = new RetainedExport(_broker.Broker, second.Writer).WriteAsync(["a", "b"], _progress, CancellationToken.None);

        Assert.Equal((2, false), (_progress.Newest!.Total, _progress.Newest.Ended));
        await second.Reader.CompleteAsync();
        await exporting;
    }

    [Fact]
    public async Task Many_small_messages_go_together_and_each_large_one_by_itself()
    {
        foreach (var topic in new[] { "a", "b", "c" })
        {
            Store(topic, payload: [1]);
        }

        await Export("a", "b", "c");
        Assert.Equal(3, _progress.Newest!.Sent);

        Store("d", "e");
        var exporting = Export("d", "e");
        var read = await _file.Reader.ReadAsync();
        Assert.InRange(read.Buffer.Length, Large, 2 * Large); // the three small ones and "d"; "e" is not yet copied

        await _file.Reader.CompleteAsync();
        await exporting;
    }

    public void Dispose() => _broker.Dispose();

    private void Store(params string[] topics)
    {
        foreach (var topic in topics)
        {
            Store(topic, Encoding.UTF8.GetBytes(new string('x', Large)));
        }
    }

    private void Store(string topic, byte[] payload) =>
        Assert.Null(_broker.Broker.ImportRetained(new RetainedMessage(topic, payload, payload.Length, QualityOfService.AtMostOnce, "sensor-1", _broker.Time.GetUtcNow(), ExpiresAt: null, Properties: null)));

    private Task Export(params string[] topics) => new RetainedExport(_broker.Broker, _file.Writer).WriteAsync(topics, _progress, CancellationToken.None);

    private async Task<string> ReadAll()
    {
        var text = new StringBuilder();
        while (text.ToString().Count(letter => letter == '\n') < 2)
        {
            var read = await _file.Reader.ReadAsync();
            text.Append(Encoding.UTF8.GetString(read.Buffer));
            _file.Reader.AdvanceTo(read.Buffer.End);
        }

        return text.ToString();
    }
}
