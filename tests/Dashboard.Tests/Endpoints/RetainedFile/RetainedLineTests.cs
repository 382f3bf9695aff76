using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Dashboard.Broker;
using Dashboard.Endpoints.RetainedFile;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Transfer;

namespace Dashboard.Tests.Endpoints.RetainedFile;

public sealed class RetainedLineTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly QuietBroker _broker = new();

    [Fact]
    public void Everything_of_a_message_comes_back()
    {
        var message = new RetainedMessage("a/ü", "\u0000\"<b>"u8.ToArray(), 5, QualityOfService.ExactlyOnce, "sensor-1", Now.AddMilliseconds(-5), Now.AddDays(1), new Properties
        {
            PayloadFormatIsUtf8 = true,
            ContentType = "text/plain",
            ResponseTopic = "answers",
            CorrelationData = [0, 255],
            UserProperties = [new("room", "1"), new("room", "2")],
        });

        var back = RoundTrip(message);

        Assert.Equal(message.Payload, back.Payload);
        Assert.Equal((message.Topic, message.QoS, message.Publisher, message.StoredAt, message.ExpiresAt), (back.Topic, back.QoS, back.Publisher, back.StoredAt, back.ExpiresAt));
        Assert.Equal((true, "text/plain", "answers"), (back.Properties?.PayloadFormatIsUtf8, back.Properties?.ContentType, back.Properties?.ResponseTopic));
        Assert.Equal([0, 255], back.Properties?.CorrelationData);
        Assert.Equal(message.Properties!.UserProperties, back.Properties?.UserProperties);
    }

    [Fact]
    public void A_payload_that_is_no_text_goes_as_Base64()
    {
        byte[] bytes = [0xC3, 0x28, 0xFF];

        Assert.Contains("\"payloadBase64\":\"wyj/\"", Line(Plain("a", bytes)));
        Assert.Equal(bytes, RoundTrip(Plain("a", bytes)).Payload);
    }

    [Theory]
    [InlineData("nonsense", "it is not valid JSON from byte")]
    [InlineData("[1]", "it is not a JSON object")]
    [InlineData("""{"payload":"1"}""", "“topic” is missing")]
    [InlineData("""{"topic":"a"}""", "“payload” is missing")]
    [InlineData("""{"topic":7,"payload":"1"}""", "“topic” has a value")]
    [InlineData("""{"topic":"a","payload":"\ud800"}""", "“payload” has a value")]
    [InlineData("""{"topic":"a","payloadBase64":"*"}""", "“payloadBase64” has a value")]
    [InlineData("""{"topic":"a","payload":"1","qos":3}""", "“qos” has a value")]
    [InlineData("""{"topic":"a","payload":"1","qos":1e999}""", "“qos” has a value")]
    [InlineData("""{"topic":"a","payload":"1","expiresAt":"soon"}""", "“expiresAt” has a value")]
    [InlineData("""{"topic":"a","payload":"1","responseTopic":"a/#"}""", "“responseTopic” has a value")]
    [InlineData("""{"topic":"a","payload":"1","contentType":"\u0000"}""", "“contentType” has a value")]
    [InlineData("""{"topic":"a","payload":"1","userProperties":[{"name":"x"}]}""", "“userProperties” has a value")]
    [InlineData("""{"topic":"a/#","payload":"1"}""", "not a valid topic name")]
    [InlineData("""{"topic":"$SYS/a","payload":"1"}""", "one of the broker’s own")]
    [InlineData("""{"topic":"a","payload":""}""", "an empty payload cannot be stored")]
    public async Task A_line_that_is_no_message_is_told_by_its_number(string line, string problem)
    {
        var report = await Import($"{{\"topic\":\"good/1\",\"payload\":\"1\"}}\n\n{line}\n{{\"topic\":\"good/2\",\"payload\":\"2\"}}");

        Assert.Equal((2, 1), (report.Stored, report.Bad));
        Assert.Equal(3, Assert.Single(report.First).Line);
        Assert.Contains(problem, report.First[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deeply_nested_JSON_is_refused_and_the_next_line_is_read()
    {
        var report = await Import(new string('[', 10_000) + "\n" + """{"topic":"a","payload":"1"}""");

        Assert.Equal((1, 1), (report.Stored, report.Bad));
    }

    [Fact]
    public async Task What_is_stored_later_than_now_is_stored_now()
    {
        await Import("""{"topic":"a","payload":"1","storedAt":"2999-01-01T00:00:00Z"}""");

        Assert.Equal(_broker.Time.GetUtcNow(), _broker.Broker.FindRetained("a")!.StoredAt);
    }

    [Fact]
    public async Task The_page_that_imports_can_ask_how_many_lines_are_read_and_messages_stored()
    {
        var imports = new Followed<ImportProgress>();
        var progress = new ImportProgress();
        var id = imports.Follow(progress);
        var file = new Pipe();
        var importing = new RetainedImport(_broker.Broker, _broker.Time, imports.Find(id.ToString())).ReadAsync(file.Reader, CancellationToken.None);

        await file.Writer.WriteAsync(Encoding.UTF8.GetBytes("{\"topic\":\"a\",\"payload\":\"1\"}\nbroken\n{\"topic\":\"b\",\"pay"));
        Assert.True(SpinWait.SpinUntil(() => progress is { Lines: 2, Stored: 1 }, TimeSpan.FromSeconds(30)), $"{progress.Lines} lines, {progress.Stored} stored");
        Assert.False(importing.IsCompleted);

        await file.Writer.CompleteAsync();
        Assert.Equal((1, 2), ((await importing).Stored, (await importing).Bad));
        imports.Unfollow(id);
        Assert.Null(imports.Find(id.ToString()));
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over_and_a_field_that_is_too_long_costs_its_line_only()
    {
        var tooLong = Convert.ToBase64String(new byte[70_000]);
        var report = await Import("\uFEFF{\"topic\":\"a\",\"payload\":\"1\"}\r\n{\"topic\":\"b\",\"payload\":\"2\",\"correlationData\":\"" + tooLong + "\"}\r\n{\"topic\":\"c\",\"payload\":\"3\"}\r\n");

        Assert.Equal((2, 1), (report.Stored, report.Bad));
        Assert.Equal(2, Assert.Single(report.First).Line);
        Assert.Contains("correlationData", report.First[0].Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Very_long_text_is_written_as_Base64()
    {
        var payload = new byte[17 * 1024 * 1024];
        var written = new System.Buffers.ArrayBufferWriter<byte>();

        RetainedLine.Write(written, new RetainedMessage("a", payload, payload.Length, QualityOfService.AtMostOnce, "pi", Now, ExpiresAt: null, Properties: null));

        Assert.True(written.WrittenSpan[..100].IndexOf("payloadBase64"u8) > 0);
    }

    public void Dispose() => _broker.Dispose();

    private static RetainedMessage Plain(string topic, byte[] payload) => new(topic, payload, payload.Length, QualityOfService.AtMostOnce, null, Now, null, null);

    private static string Line(RetainedMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        RetainedLine.Write(output, message);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static RetainedMessage RoundTrip(RetainedMessage message) => RetainedLine.Read(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(Line(message))), Now);

    private Task<ImportReport> Import(string file) =>
        new RetainedImport(_broker.Broker, _broker.Time).ReadAsync(PipeReader.Create(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(file))), CancellationToken.None);
}
