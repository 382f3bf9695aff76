using Dashboard.Features.Topics;

namespace Dashboard.Tests.Features.Topics;

[Collection(nameof(AloneOnTheProcessor))]
public sealed class TopicRowsSpeedTests : IDisposable
{
    private readonly QuietBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public void A_hundred_thousand_topics_are_searched_in_200_ms()
    {
        _broker.Publish(Enumerable.Range(0, 100_000).Select(i => $"plant/hall{i % 10}/line{i / 10 % 100}/machine{i / 1000}/temperature"));
        var rows = new TopicRows(_broker.Topics, _broker.Time);
        rows.Find("plant/#");
        rows.Refresh(hold: false);
        Assert.Equal(100_000, rows.Found);

        foreach (var search in new[] { "temp", "plant/+/line7/#" })
        {
            // Of the processor's time, as the machine may do something else meanwhile.
            var fastest = Enumerable.Range(0, 5).Min(_ =>
            {
                var start = Environment.CpuUsage.TotalTime;
                rows.Find(search);
                rows.Refresh(hold: false);
                return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
            });
            Assert.InRange(fastest, 0, 200);
        }
    }
}

/// <summary>For tests that measure: no other test of this process runs beside them.</summary>
[CollectionDefinition(nameof(AloneOnTheProcessor), DisableParallelization = true)]
public sealed class AloneOnTheProcessor;
