using System.Buffers;
using System.Text;
using System.Text.Json;
using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Export;

namespace Dashboard.Tests.Shared.Export;

public sealed class MessageExportTests
{
    [Theory]
    [InlineData("21.5", "21.5,text")]
    [InlineData("-5.5e3", "-5.5e3,text")]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1),text")]
    [InlineData("+1+1", "'+1+1,text")]
    [InlineData("-1+1", "'-1+1,text")]
    [InlineData("@SUM(A1)", "'@SUM(A1),text")]
    [InlineData("\t=1", "'\t=1,text")]
    [InlineData("a,b", "\"a,b\",text")]
    [InlineData("say \"hi\"\n", "\"say \"\"hi\"\"\n\",text")]
    [InlineData("=a,b", "\"'=a,b\",text")]
    [InlineData("", ",text")]
    public void A_cell_of_csv_is_never_a_formula(string payload, string cells) =>
        Assert.Contains($",topic,{cells},", Csv(Record(Encoding.UTF8.GetBytes(payload), "topic")), StringComparison.Ordinal);

    [Fact]
    public void Topics_publishers_and_properties_are_disarmed_too()
    {
        var line = Csv(Record([1], "=topic", publisher: "@client", new Properties { ContentType = "+text", UserProperties = [new("=name", "value")] }));

        Assert.Contains(",'=topic,", line, StringComparison.Ordinal);
        Assert.Contains(",'@client,", line, StringComparison.Ordinal);
        Assert.EndsWith(",'+text,'=name=value,\r\n", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_base64_in_both_formats()
    {
        var record = Record([0xFF, 0xFE], "t");

        Assert.Contains(",//4=,base64,2,true,", Csv(record), StringComparison.Ordinal);
        var json = Json(record);
        Assert.Equal([0xFF, 0xFE], json.GetProperty("payloadBase64").GetBytesFromBase64());
        Assert.False(json.TryGetProperty("payload", out _));
    }

    [Fact]
    public void A_line_of_ndjson_is_readable()
    {
        var output = new ArrayBufferWriter<byte>();

        MessageNdjson.Write(output, Record("21 °C + <b>"u8.ToArray(), "t"));

        Assert.Contains("21 °C + <b>", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_ndjson_says_all_that_is_known()
    {
        var json = Json(Record("a\nb"u8.ToArray(), "t", publisher: null, new Properties { CorrelationData = [1], MessageExpiryInterval = 60, UserProperties = [new("n", "1"), new("n", "2")] }) with { PayloadSize = 100 });

        Assert.Equal(("a\nb", 100, false), (json.GetProperty("payload").GetString(), json.GetProperty("payloadSize").GetInt32(), json.GetProperty("payloadComplete").GetBoolean()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("publisher").ValueKind);
        Assert.Equal("""[["n","1"],["n","2"]]""", json.GetProperty("properties").GetProperty("userProperties").GetRawText());
        Assert.Equal(60, json.GetProperty("properties").GetProperty("messageExpiryInterval").GetInt32());
    }

    [Fact]
    public void What_was_refused_says_why_in_both_formats()
    {
        var refused = Record([], "t") with { Refusal = new MessageRefusal(ReasonCode.TopicNameInvalid, new EventText(EventCode.CauseTopicLevels, 8)) };

        Assert.EndsWith(",the topic has more than 8 levels\r\n", Csv(refused), StringComparison.Ordinal);
        Assert.Equal(("the topic has more than 8 levels", 0x90), (Json(refused).GetProperty("refused").GetString(), Json(refused).GetProperty("reasonCode").GetInt32()));
        Assert.False(Json(Record([], "t")).TryGetProperty("refused", out _));
    }

    private static string Csv(MessageRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        MessageCsv.Write(output, record);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static JsonElement Json(MessageRecord record)
    {
        var output = new ArrayBufferWriter<byte>();
        MessageNdjson.Write(output, record);
        var line = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        return JsonDocument.Parse(line).RootElement;
    }

    private static MessageRecord Record(byte[] payload, string topic, string? publisher = "p", Properties? properties = null) =>
        new(7, DateTimeOffset.UnixEpoch, topic, payload, payload.Length, QualityOfService.AtLeastOnce, false, publisher, properties, 1, 0, 0);
}
