namespace Dashboard.Browser.Tests;

[Collection(DashboardInBrowser.SecondCollection)]
public sealed class FullDiskTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [SmallDiskFact]
    public async Task A_disk_that_is_full_is_said_loudly_until_it_is_mended()
    {
        using var disk = SmallDisk.TryMount() ?? throw new InvalidOperationException("no small disk could be mounted");
        await using var dashboard = await DashboardProcess.Start($"--Broker:DataDirectory={disk.Folder}");
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync();
        await page.Open($"{dashboard.Address}/");
        var alert = page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Nothing can be stored now" });
        await Assertions.Expect(alert).ToHaveCountAsync(0);

        disk.Fill();
        await using var publisher = Tool.Start("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-t", "kept", "-q", "1", "-r", "-m", new string('x', 100_000)]);

        await Assertions.Expect(alert).ToContainTextAsync(disk.Folder);
        await Accessibility.AssertNoSeriousAxeViolations(page);
        Assert.False(publisher.HasExited); // It is not told that its message is safe.

        disk.MakeRoom();
        await Assertions.Expect(alert).ToHaveCountAsync(0);
        Assert.Equal(0, await publisher.WaitForExit());
        await dashboard.Stop();
    }
}
