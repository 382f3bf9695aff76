using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Dashboard.Interop.Tests.Http;

/// <summary>POST /api/publish, for programs that have HTTP but no MQTT.</summary>
public sealed class PublishEndpointTests(PublishEndpointTests.SmallBroker small) : IClassFixture<PublishEndpointTests.SmallBroker>, IDisposable
{
    private const int MaxPacketSize = 10_000;

    private readonly HttpClient _http = new() { BaseAddress = new Uri(small.Dashboard.Address) };

    [Fact]
    public async Task A_message_reaches_its_subscribers_with_all_that_it_says()
    {
        await using var subscriber = await SubscribeAsync("api/1", "-V", "5", "-q", "2", "-F", "received %p q=%q %C %R %D %P");

        var (status, answer) = await PostAsync("""
            {"topic": "api/1", "payload": "on", "qos": 2, "contentType": "text/plain", "responseTopic": "back", "correlationDataHex": "61 62",
             "messageExpiryInterval": 60, "payloadFormatIsUtf8": true, "userProperties": [{"name": "b", "value": "1"}, {"name": "a", "value": "2"}, {"name": "b", "value": "1"}]}
            """);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(1, (int)answer["sent"]!);
        Assert.Equal("Sent to 1 session.", (string)answer["result"]!);
        await subscriber.WaitForLine("received on q=2 text/plain back ab b:1 a:2 b:1");
    }

    [Theory]
    [InlineData("""{"topic": "api/2", "payloadHex": "61 00 ff"}""")]
    [InlineData("""{"topic": "api/2", "payloadBase64": "YQD/"}""")]
    public async Task Bytes_are_given_in_hex_or_base64(string body)
    {
        await using var subscriber = await SubscribeAsync("api/2", "-F", "received %x");

        await PostAsync(body);

        await subscriber.WaitForLine("received 6100ff");
    }

    [Fact]
    public async Task Nobody_is_no_error()
    {
        var (status, answer) = await PostAsync("""{"topic": "api/nobody"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, (int)answer["sent"]!);
        Assert.Contains("reached nobody", (string)answer["result"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "cannot be read at line 1")]
    [InlineData("null", "The body is null")]
    [InlineData("[]", "cannot be read at line 1")]
    [InlineData("{\"topic\": \"a\",\n \"qos\": \"one\"}", "line 2")]
    [InlineData("""{"topik": "a"}""", "$.topik")]
    [InlineData("{}", "The topic is empty")]
    [InlineData("""{"topic": "a/#"}""", "contains #")]
    [InlineData("""{"topic": "a", "qos": 3}""", "qos is 3")]
    [InlineData("""{"topic": "a", "payload": "x", "payloadHex": "00"}""", "one of payload")]
    [InlineData("""{"topic": "a", "payloadHex": "0x"}""", "")]
    [InlineData("""{"topic": "a", "payloadHex": "zz"}""", "not a hex digit")]
    [InlineData("""{"topic": "a", "payloadBase64": "?"}""", "not Base64")]
    [InlineData("""{"topic": "a", "messageExpiryInterval": -1}""", "not a number of seconds")]
    [InlineData("""{"topic": "a", "responseTopic": "b/+"}""", "response topic contains +")]
    [InlineData("""{"topic": "a", "userProperties": [null, {"name": "x\u0000"}]}""", "U+0000")]
    public async Task A_mistake_is_refused_in_words(string body, string words)
    {
        var (status, answer) = await PostAsync(body);

        if (words.Length > 0)
        {
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(words, string.Join(' ', answer["errors"]!.AsArray().Select(error => (string)error!)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(MaxPacketSize, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData((6 * MaxPacketSize) + (2 * 1024 * 1024), HttpStatusCode.RequestEntityTooLarge)]
    [InlineData(40 * 1024 * 1024, HttpStatusCode.RequestEntityTooLarge)] // more than the system holds between the two: whoever sends it must be heard out
    [InlineData(MaxPacketSize - 100, HttpStatusCode.OK)]
    public async Task What_is_larger_than_the_broker_takes_is_refused(int payload, HttpStatusCode expected)
    {
        var (status, _) = await PostAsync($$"""{"topic": "api/large", "payload": "{{new string('x', payload)}}"}""");

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Only_json_is_taken_so_that_no_form_of_a_web_page_can_publish(string? type)
    {
        using var content = new StringContent("""{"topic": "api/form"}""");
        content.Headers.ContentType = type is null ? null : new(type);

        using var answer = await _http.PostAsync("/api/publish", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_web_page_is_refused(string header, string value)
    {
        _http.DefaultRequestHeaders.Add(header, value);

        var (status, answer) = await PostAsync("""{"topic": "api/page"}""");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("for programs", (string)answer["errors"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_asks_beforehand_gets_no_permission()
    {
        using var ask = new HttpRequestMessage(HttpMethod.Options, "/api/publish");
        ask.Headers.Add("Origin", "https://evil.example");
        ask.Headers.Add("Access-Control-Request-Method", "POST");

        using var answer = await _http.SendAsync(ask);

        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.False(answer.IsSuccessStatusCode);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode, JsonNode)> PostAsync(string body)
    {
        using var answer = await _http.PostAsync("/api/publish", new StringContent(body, Encoding.UTF8, "application/json"));
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private async Task<Tool> SubscribeAsync(string topic, params IEnumerable<string> more)
    {
        var subscriber = Tool.Start("stdbuf", ["-oL", "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{small.Dashboard.Ports.Tcp}", "-d", "-t", topic, .. more]);
        await subscriber.WaitForLine("Subscribed");
        return subscriber;
    }

    /// <summary>A dashboard that takes small packets.</summary>
    public sealed class SmallBroker : IAsyncLifetime
    {
        private DashboardProcess? _dashboard;

        public DashboardProcess Dashboard => _dashboard!;

        public async Task InitializeAsync() => _dashboard = await DashboardProcess.Start($"--Broker:MaxPacketSize={MaxPacketSize}");

        public async Task DisposeAsync()
        {
            await using (Dashboard)
            {
                Dashboard.AssertNoErrorLogged();
            }
        }
    }
}
