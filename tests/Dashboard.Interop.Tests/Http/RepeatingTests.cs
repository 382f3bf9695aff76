namespace Dashboard.Interop.Tests.Http;

/// <summary>Repeating publishers over restarts of the program.</summary>
public sealed class RepeatingTests
{
    private const string Kept = """
        [{ "id": "1", "version": 1, "every": "00:00:00.1000000", "draft": { "topic": "again", "payload": "n={{counter}}" } },
         { "id": "2", "version": 1, "every": "00:00:00.1000000", "limit": 1, "sent": 1, "draft": { "topic": "done" } }]
        """;

    [Fact]
    public async Task They_go_on_after_a_stop_and_after_a_power_cut()
    {
        await using var dashboard = await DashboardProcess.Start();
        await dashboard.Stop();
        var file = Path.Combine(dashboard.DataDirectory, "repeating-publishers.json");
        await File.WriteAllTextAsync(file, Kept);

        await dashboard.Restart();
        await AssertRepeatsAsync(dashboard);
        await dashboard.Stop();
        Assert.DoesNotContain("\"version\": 2", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Contains("\"sent\"", await File.ReadAllTextAsync(file), StringComparison.Ordinal);

        await dashboard.Restart();
        await AssertRepeatsAsync(dashboard);
        await dashboard.Kill();
        await dashboard.Restart();
        await AssertRepeatsAsync(dashboard);

        await dashboard.Stop();
        dashboard.AssertNoErrorLogged();
    }

    private static async Task AssertRepeatsAsync(DashboardProcess dashboard)
    {
        await using var subscriber = Tool.Start("stdbuf", "-oL", "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-v", "-t", "#");
        await Eventually.Holds(() => subscriber.Lines.Count(line => line.StartsWith("again n=", StringComparison.Ordinal)) >= 3, () => $"it repeats. {subscriber}");
        Assert.DoesNotContain(subscriber.Lines, line => line.StartsWith("done", StringComparison.Ordinal));
    }
}
