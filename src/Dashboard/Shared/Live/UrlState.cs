using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Dashboard.Shared.Live;

/// <summary>
/// What a view shows (filter, topic, client, …) as query parameters of the page's address, so that a link or a reload shows the same.
/// Changing one adds no history entry, does not scroll and renders nothing.
/// </summary>
public sealed class UrlState : IAsyncDisposable
{
    private readonly NavigationManager _navigation;
    private readonly PageModule _module;
    private string _navigatedTo = "";
    private string _address = "";

    public UrlState(NavigationManager navigation, IJSRuntime js)
    {
        _navigation = navigation;
        _module = new PageModule(js, "js/interop.js");
        navigation.LocationChanged += (_, change) => _address = _navigatedTo = change.Location;
    }

    /// <summary>The parameter's value, or null when it is not there. Works while prerendering.</summary>
    public string? Get(string name) =>
        QueryHelpers.ParseQuery(new Uri(Address()).Query).TryGetValue(name, out var values) ? values.ToString() : null;

    /// <summary>Sets the parameter; null or empty takes it away. Call it from event handlers, not while prerendering.</summary>
    public async Task SetAsync(string name, string? value)
    {
        _address = With(name, value);
        await _module.ImportAsync();
        await _module.InvokeAsync("replaceAddress", _address);
    }

    public ValueTask DisposeAsync() => _module.DisposeAsync();

    /// <summary>The address with the parameter set, for a navigation; null or empty takes it away.</summary>
    public string With(string name, string? value) => Replace(Address(), name, value);

    internal static string Replace(string address, string name, string? value)
    {
        var uri = new Uri(address);
        var query = QueryHelpers.ParseQuery(uri.Query);
        query.Remove(name);
        if (!string.IsNullOrEmpty(value))
        {
            query[name] = value;
        }

        return QueryHelpers.AddQueryString(uri.GetLeftPart(UriPartial.Path), query);
    }

    // The navigation manager does not hear of replaced addresses; a real navigation makes ours obsolete. A page that it opens
    // asks before this object is told, and a navigation to the address that was replaced is only told.
    private string Address()
    {
        if (_navigatedTo != _navigation.Uri)
        {
            _navigatedTo = _address = _navigation.Uri;
        }

        return _address;
    }
}
