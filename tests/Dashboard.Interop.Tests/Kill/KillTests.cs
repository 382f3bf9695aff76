using System.Globalization;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Interop.Tests.Kill;

/// <summary>
/// The promise of QoS 1 and 2, with the real program under <c>kill -9</c> at random moments. <c>KILLS=20</c> in the environment
/// makes it as long as wanted; <c>KILL_SEED</c> repeats a run.
/// </summary>
public sealed class KillTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2.5);

    [Fact]
    public async Task What_was_acknowledged_arrives_however_often_the_broker_is_killed()
    {
        var kills = Setting("KILLS", 4);
        var seed = Setting("KILL_SEED", Environment.TickCount);
        var random = new Random(seed);
        await using var dashboard = await DashboardProcess.Start();
        using var limit = new CancellationTokenSource(Limit * Math.Max(1, kills / 4));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var atLeastOnce = new NumberPublisher("publisher-1", "numbers/1", QualityOfService.AtLeastOnce);
        var exactlyOnce = new NumberPublisher("publisher-2", "numbers/2", QualityOfService.ExactlyOnce);
        var subscriber = new NumberSubscriber("subscriber", "numbers/#");
        await subscriber.Subscribe(dashboard.Ports.Tcp, limit.Token);

        var goesOn = true;
        var publishing = Task.WhenAll(
            atLeastOnce.Run(dashboard.Ports.Tcp, () => goesOn, limit.Token),
            exactlyOnce.Run(dashboard.Ports.Tcp, () => goesOn, limit.Token));
        var receiving = subscriber.Run(dashboard.Ports.Tcp, stop.Token);
        for (var kill = 1; kill <= kills; kill++)
        {
            // Some progress first, so that every kill hits work under way; then a moment that nobody chose.
            var before = exactlyOnce.Acknowledged;
            await Eventually.Holds(() => exactlyOnce.Acknowledged > before + 20 || publishing.IsFaulted, () => $"messages flow after kill {kill - 1}");
            await Task.Delay(random.Next(200), limit.Token);
            await dashboard.Kill();
            await dashboard.Restart();
        }

        goesOn = false;
        await publishing;
        var last = (One: atLeastOnce.Acknowledged, Two: exactlyOnce.Acknowledged);
        await Eventually.Holds(
            () => receiving.IsFaulted || (Max(subscriber, "numbers/1") >= last.One && Max(subscriber, "numbers/2") >= last.Two),
            () => $"all of {last} arrives; so far {Max(subscriber, "numbers/1")} and {Max(subscriber, "numbers/2")} (KILL_SEED={seed})");
        await stop.CancelAsync();
        await receiving;

        Assert.Equal(Enumerable.Range(1, last.Two), subscriber.NumbersOn("numbers/2")); // exactly once, in order
        Assert.Equal(Enumerable.Range(1, last.One), FirstTimes(subscriber.NumbersOn("numbers/1"))); // at least once, in order when repetitions are left out
        dashboard.AssertNoErrorLogged();
    }

    private static int Max(NumberSubscriber subscriber, string topic) => subscriber.NumbersOn(topic).DefaultIfEmpty().Max();

    private static IEnumerable<int> FirstTimes(IEnumerable<int> numbers) => numbers.Distinct();

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
