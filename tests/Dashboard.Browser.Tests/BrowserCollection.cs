namespace Dashboard.Browser.Tests;

[CollectionDefinition(DashboardInBrowser.Collection)]
public sealed class BrowserCollection : ICollectionFixture<DashboardInBrowser>;
