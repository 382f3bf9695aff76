namespace Dashboard.Browser.Tests;

/// <summary>The tests of topics, messages, publishing and the retained store.</summary>
[CollectionDefinition(DashboardInBrowser.Collection)]
public sealed class BrowserCollection : ICollectionFixture<DashboardInBrowser>;

/// <summary>The tests of clients, of the overview, and of what holds on every page: they run beside the others, with a Dashboard and a Chromium of their own.</summary>
[CollectionDefinition(DashboardInBrowser.SecondCollection)]
public sealed class SecondBrowserCollection : ICollectionFixture<DashboardInBrowser>;
