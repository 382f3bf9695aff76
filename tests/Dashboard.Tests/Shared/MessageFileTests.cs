using System.Buffers;
using System.Text;
using System.Text.Json;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Export;

namespace Dashboard.Tests.Shared;

public sealed class MessageFileTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123);

    [Fact]
    public void A_json_line_has_everything_that_is_known()
    {
        var line = Json(Record("21,5 °C"u8.ToArray(), new Properties { ContentType = "text/plain", UserProperties = [new UserProperty("unit", "C")] }));

        Assert.EndsWith("}\n", line, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(line);
        Assert.Equal(("2023-11-14T22:13:20.123Z", "a/b", "21,5 °C", "C"), (
            json.RootElement.GetProperty("time").GetString(),
            json.RootElement.GetProperty("topic").GetString(),
            json.RootElement.GetProperty("payload").GetString(),
            json.RootElement.GetProperty("properties").GetProperty("userProperties")[0][1].GetString()));
    }

    [Fact]
    public void Bytes_are_base64_in_both()
    {
        Assert.Contains("\"payloadBase64\":\"/wA=\"", Json(Record([0xFF, 0])), StringComparison.Ordinal);
        Assert.Contains(",base64,/wA=,", MessageFile.CsvLine(Record([0xFF, 0])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,\"b\"\n", "\"a,\"\"b\"\"\n\"")]
    [InlineData("=HYPERLINK()", "'=HYPERLINK()")]
    [InlineData("-21.5", "-21.5")]
    public void A_cell_is_quoted_where_it_must_be_and_never_a_formula(string payload, string cell) =>
        Assert.Equal($"7,2023-11-14T22:13:20.123Z,a/b,1,true,me,{Encoding.UTF8.GetByteCount(payload)},text,{cell},1,0,0\r\n", MessageFile.CsvLine(Record(Encoding.UTF8.GetBytes(payload))));

    private static MessageRecord Record(byte[] payload, Properties? properties = null) =>
        new(7, Time, "a/b", payload, payload.Length, QualityOfService.AtLeastOnce, Retain: true, "me", properties, Sent: 1, Queued: 0, Dropped: 0);

    private static string Json(MessageRecord message)
    {
        var file = new ArrayBufferWriter<byte>();
        MessageFile.WriteJsonLine(file, message);
        return Encoding.UTF8.GetString(file.WrittenSpan);
    }
}
