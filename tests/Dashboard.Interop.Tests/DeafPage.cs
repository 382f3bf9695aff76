using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Dashboard.Interop.Tests;

/// <summary>The connection of a page whose browser has frozen: it is open, and nothing that the server says is ever answered.</summary>
internal sealed class DeafPage : IDisposable
{
    private static readonly byte[] Handshake = Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e");

    private readonly HttpClient _http = new();
    private readonly ClientWebSocket _socket = new();
    private readonly Uri _address;

    private DeafPage(Uri address) => _address = address;

    public static async Task<DeafPage> OverWebSocketAsync(string address)
    {
        var page = new DeafPage(new Uri(address));
        var token = await page.NegotiateAsync();
        await page._socket.ConnectAsync(new UriBuilder(page._address) { Scheme = "ws", Path = "/_blazor", Query = $"id={token}" }.Uri, CancellationToken.None);
        await page._socket.SendAsync(Handshake, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        return page;
    }

    public static async Task<DeafPage> OverLongPollingAsync(string address)
    {
        var page = new DeafPage(new Uri(address));
        var poll = new UriBuilder(page._address) { Path = "/_blazor", Query = $"id={await page.NegotiateAsync()}" }.Uri;
        (await page._http.GetAsync(poll)).EnsureSuccessStatusCode(); // the first one is answered at once
        (await page._http.PostAsync(poll, new ByteArrayContent(Handshake))).EnsureSuccessStatusCode();
        (await page._http.GetAsync(poll)).EnsureSuccessStatusCode(); // the answer to the handshake
        _ = page._http.GetAsync(poll, HttpCompletionOption.ResponseHeadersRead).ContinueWith(ended => ended.Exception, TaskScheduler.Default); // and this one waits
        return page;
    }

    /// <summary>A request of a page whose second half never comes.</summary>
    public static async Task<TcpClient> BeginRequestAsync(string address)
    {
        using var page = new DeafPage(new Uri(address));
        var client = new TcpClient("127.0.0.1", page._address.Port);
        var request = $"POST /_blazor?id={await page.NegotiateAsync()} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        return client;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _http.Dispose();
    }

    private async Task<string> NegotiateAsync()
    {
        var answer = await _http.PostAsync(new UriBuilder(_address) { Path = "/_blazor/negotiate", Query = "negotiateVersion=1" }.Uri, null);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("connectionToken").GetString()!;
    }
}
