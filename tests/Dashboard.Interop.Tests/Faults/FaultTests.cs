using System.Diagnostics;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Interop.Tests.Faults;

/// <summary>
/// What one client does wrong neither delays two others that do nothing wrong, nor takes memory without end, nor fills the
/// log. The delay is compared with that of the same pair in the same minute, so that a busy machine does not matter.
/// </summary>
public sealed class FaultTests(FaultTests.Program program) : IClassFixture<FaultTests.Program>
{
    private const long MemoryCap = 300_000_000;
    private const int LogLinesPerSecond = 60;
    private static readonly TimeSpan MayAdd = TimeSpan.FromMilliseconds(60);

    /// <summary>For the slowest message: what a busy machine does to any program, and far less than a blocked loop.</summary>
    private static readonly TimeSpan MayStall = TimeSpan.FromSeconds(2.5); // TCP sends what is lost again after 0.2, 0.4 and 0.8 s, and the loopback loses some while 400 MB rush by

    private int Port => program.Dashboard.Ports.Tcp;

    [Fact]
    public Task Says_nothing() => Endures(async () =>
    {
        var silent = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => Offender.OpenAsync(Port)));
        await Task.WhenAll(silent.Select(one => one.UntilClosedAsync()));
        Array.ForEach(silent, one => one.Dispose());
    });

    [Fact]
    public Task Sends_one_byte_at_a_time() => Endures(async () =>
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var loris = await Offender.OpenAsync(Port);
            using var closed = new CancellationTokenSource();
            var end = loris.UntilClosedAsync();
            byte[] connect = [0x10, 0xFF, 0x01, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 2, 0, 0];
            for (var i = 0; !end.IsCompleted; i++)
            {
                await loris.SendAsync(connect.AsMemory(Math.Min(i, connect.Length - 1), 1));
                await Task.WhenAny(end, Task.Delay(100));
            }

            await end;
        }));
    });

    [Fact]
    public Task Announces_256_MB() => Endures(async () =>
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            using var offender = await Offender.ConnectAsync(Port, $"boaster-{i}");
            await offender.SendAsync(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0x7F });
            await offender.UntilClosedAsync();
        }));

        // As much as may be announced, and then nothing.
        var waiting = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Offender.ConnectAsync(Port, $"announcer-{i}")));
        await Task.WhenAll(waiting.Select(one => one.SendAsync(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0x07 })));
        await Task.Delay(500); // time to be a burden
        Array.ForEach(waiting, one => one.Dispose());
    });

    [Fact]
    public Task Never_reads() => Endures(async () =>
    {
        using var deaf = await Offender.ConnectAsync(Port, "deaf");
        await deaf.SendAsync(output => PacketEncoder.Write(output, ProtocolVersion.V500, new SubscribePacket(1, [new SubscriptionRequest("flood", AtMostOnce)])));
        using var publisher = await Offender.ConnectAsync(Port, "flooder");
        for (var i = 0; i < 8000; i++)
        {
            await publisher.SendAsync(output => PacketEncoder.Write(output, ProtocolVersion.V500, new PublishPacket { Topic = "flood", Payload = new byte[50_000] }));
        }
    });

    [Fact]
    public Task Never_acknowledges() => Endures(async () =>
    {
        using var mute = await Offender.ConnectAsync(Port, "mute");
        await mute.SendAsync(output => PacketEncoder.Write(output, ProtocolVersion.V500, new SubscribePacket(1, [new SubscriptionRequest("waits", AtLeastOnce)])));
        using var publisher = await Offender.ConnectAsync(Port, "patient");
        var answers = publisher.UntilClosedAsync(TimeSpan.FromMinutes(2)); // 300 MB
        for (var i = 0; i < 15_000; i++)
        {
            await publisher.SendAsync(output => PacketEncoder.Write(
                output, ProtocolVersion.V500, new PublishPacket { Topic = "waits", Payload = new byte[20_000], QoS = AtLeastOnce, PacketId = (ushort)(i + 1) }));
        }

        await publisher.SendAsync(output => PacketEncoder.Write(output, ProtocolVersion.V500, new DisconnectPacket()));
        await answers;
    });

    [Fact]
    public Task Reconnects_a_hundred_times_a_second() => Endures(async () =>
    {
        var pace = Stopwatch.StartNew();
        Offender? before = null;
        for (var i = 0; i < 300; i++)
        {
            // It is back before it has gone: each time is a take-over, which is told.
            var restless = await Offender.ConnectAsync(Port, "restless");
            before?.Dispose();
            before = restless;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, (i * 10) - pace.ElapsedMilliseconds)));
        }

        before?.Dispose();
    });

    [Fact]
    public Task Subscribes_to_ten_thousand_filters() => Endures(async () =>
    {
        using var greedy = await Offender.ConnectAsync(Port, "greedy");
        for (var i = 0; i < 100; i++)
        {
            SubscriptionRequest[] requests = [.. Enumerable.Range(i * 100, 100).Select(n => new SubscriptionRequest($"+/{n}/#", AtMostOnce))];
            await greedy.SendAsync(output => PacketEncoder.Write(output, ProtocolVersion.V500, new SubscribePacket((ushort)(i + 1), requests)));
        }

        await greedy.SendAsync(output => PacketEncoder.Write(output, ProtocolVersion.V500, new DisconnectPacket()));
        await greedy.UntilClosedAsync();
    });

    [Fact]
    public Task Sends_ten_million_random_bytes() => Endures(async () =>
    {
        var random = new Random(20);
        var bytes = new byte[100_000];
        for (var sent = 0; sent < 10_000_000; sent += bytes.Length)
        {
            random.NextBytes(bytes);
            using var noisy = sent % 200_000 == 0 ? await Offender.OpenAsync(Port) : await Offender.ConnectAsync(Port, "noisy");
            await noisy.SendAsync(bytes);
        }
    });

    /// <summary>Lets a fault happen beside an innocent pair, and judges what it did to the pair and to the program.</summary>
    private async Task Endures(Func<Task> fault)
    {
        var dashboard = program.Dashboard;
        await using var innocents = await Innocents.ConnectAsync(Port);
        await innocents.MeasureAsync(Task.CompletedTask); // warms up
        var calm = await innocents.MeasureAsync(Task.CompletedTask);
        var logged = dashboard.Log.Count();
        var most = 0L;

        var clock = Stopwatch.StartNew();
        using var machine = FairClock.Start();
        var happening = Task.Run(fault);
        var watching = Task.Run(async () =>
        {
            while (!happening.IsCompleted)
            {
                most = Math.Max(most, dashboard.WorkingSet);
                await Task.WhenAny(happening, Task.Delay(50));
            }
        });
        var during = await innocents.MeasureAsync(happening);
        await watching;
        var slowest = during.Slowest - machine.LongestPause; // the program is not to blame for a machine that stood still

        Assert.True(during.Median <= (calm.Median * 10) + MayAdd, $"a message took {during.Median.TotalMilliseconds:0.0} ms, before the fault {calm.Median.TotalMilliseconds:0.0} ms");
        Assert.True(slowest <= (calm.Slowest * 10) + MayStall, $"a message took {slowest.TotalMilliseconds:0.0} ms, before the fault at most {calm.Slowest.TotalMilliseconds:0.0} ms");
        Assert.InRange(most, 0, MemoryCap);
        Assert.InRange(dashboard.Log.Count() - logged, 0, LogLinesPerSecond * (clock.Elapsed.TotalSeconds + 1));
        dashboard.AssertNoErrorLogged();
    }

    public sealed class Program : IAsyncLifetime
    {
        public DashboardProcess Dashboard { get; private set; } = null!;

        public async Task InitializeAsync() => Dashboard = await DashboardProcess.Start("--Broker:ConnectTimeout=00:00:01", "--Broker:MaxQueuedBytes=8388608");

        public async Task DisposeAsync()
        {
            await using (Dashboard)
            {
                await Dashboard.Stop();
            }
        }
    }
}
