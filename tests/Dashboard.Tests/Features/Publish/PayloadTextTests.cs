using System.Text;
using Dashboard.Features.Publish;

namespace Dashboard.Tests.Features.Publish;

public sealed class PayloadTextTests
{
    [Theory]
    [InlineData("48656c6c6f")]
    [InlineData("48 65 6C 6c 6f")]
    [InlineData("0x48, 0x65, 0x6c, 0x6c, 0x6f")]
    [InlineData("48:65:6c:6c:6f\n")]
    public void Hex_is_read_as_people_write_it(string text) =>
        Assert.Equal("Hello"u8.ToArray(), PayloadText.Read(text, PayloadNotation.Hex).Bytes);

    [Theory]
    [InlineData("48 6g", "character 5")]
    [InlineData("486", "3 hex digits")]
    public void Bad_hex_is_explained(string text, string words)
    {
        var payload = PayloadText.Read(text, PayloadNotation.Hex);

        Assert.Null(payload.Bytes);
        Assert.Contains(words, payload.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Base64_is_read_with_line_breaks() =>
        Assert.Equal("Hello"u8.ToArray(), PayloadText.Read("SGVs\nbG8=", PayloadNotation.Base64).Bytes);

    [Fact]
    public void Bad_base64_is_explained() =>
        Assert.Contains("not Base64", PayloadText.Read("SGVsbG8", PayloadNotation.Base64).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"n": {{counter}}, "t": "{{now}}"}""", true)]
    [InlineData("""[{{random 1 9}}, {{sine 20 5 60s}}]""", true)]
    [InlineData("""{"n": {{counter}}""", false)]
    [InlineData("""{"n": {{nonsense}}}""", false)]
    [InlineData("""{"n": {{uuid}}}""", false)]
    public void Json_with_places_is_valid_when_it_is_once_they_are_filled(string text, bool isJson)
    {
        var payload = PayloadText.Read(text, PayloadNotation.Json);

        Assert.Equal((isJson, isJson), (payload.IsTemplate, payload.Warning is null));
        Assert.Equal(text, Encoding.UTF8.GetString(payload.Bytes!));
    }

    [Fact]
    public void Json_that_is_not_valid_is_sent_with_a_warning_that_says_where()
    {
        var payload = PayloadText.Read("{\n  \"a\": x\n}", PayloadNotation.Json);

        Assert.Equal("{\n  \"a\": x\n}", Encoding.UTF8.GetString(payload.Bytes!));
        Assert.Null(payload.Error);
        Assert.Contains("line 2, byte 8", payload.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Valid_json_has_no_warning() => Assert.Null(PayloadText.Read("""{"a": [1, null]}""", PayloadNotation.Json).Warning);

    [Fact]
    public void Bytes_change_their_notation()
    {
        var bytes = "Hello"u8.ToArray();

        Assert.Equal("48 65 6c 6c 6f", PayloadText.Write(bytes, PayloadNotation.Hex));
        Assert.Equal("SGVsbG8=", PayloadText.Write(bytes, PayloadNotation.Base64));
        Assert.Equal("Hello", PayloadText.Write(bytes, PayloadNotation.Text));
        Assert.Null(PayloadText.Write([0xFF], PayloadNotation.Text));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(90_000)]
    public void Deeply_nested_json_is_json(int levels)
    {
        var payload = PayloadText.Read(new string('[', levels) + new string(']', levels), PayloadNotation.Json);

        Assert.Null(payload.Warning);
        Assert.Equal(2 * levels, payload.Bytes!.Length);
    }

    [Fact]
    public void Nothing_is_a_payload_of_0_bytes() => Assert.Empty(PayloadText.Read("", PayloadNotation.Text).Bytes!);
}
