namespace Dashboard.Browser.Tests;

/// <summary>One Dashboard and one Chromium for all tests of <see cref="Collection"/>.</summary>
public sealed class DashboardInBrowser : IAsyncLifetime
{
    /// <summary>The name of the collection whose tests share both.</summary>
    public const string Collection = "Dashboard in the browser";

    private Chromium? _chromium;
    private DashboardProcess? _dashboard;

    public DashboardProcess Dashboard => _dashboard!;

    public IBrowser Browser => _chromium!.Browser;

    public async Task InitializeAsync()
    {
        _dashboard = await DashboardProcess.Start();
        _chromium = await Chromium.Launch();
    }

    public async Task DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        if (_dashboard is not null)
        {
            await using (_dashboard)
            {
                await _dashboard.Stop();
                _dashboard.AssertNoErrorLogged();
            }
        }
    }
}
