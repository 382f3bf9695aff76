namespace Dashboard.Browser.Tests;

/// <summary>One Dashboard and one Chromium for all tests of a collection, which run one after the other.</summary>
public sealed class DashboardInBrowser : IAsyncLifetime
{
    public const string Collection = "Dashboard in the browser";
    public const string SecondCollection = "Dashboard in a second browser";

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
