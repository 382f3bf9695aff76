using System.Text;
using Dashboard.Shared.Payload;

namespace Dashboard.Tests.Shared.Payload;

public sealed class PayloadLineTests
{
    [Theory]
    [InlineData("21.5", "21.5")]
    [InlineData("", "empty")]
    [InlineData("  {\r\n\t\"a\":  1\n}", "{ \"a\": 1 }")]
    [InlineData("a\0b\u001b[31m", "a␀b␛[31m")]
    [InlineData("gpj.\u202Eexe", "gpj.\uFFFDexe")]
    [InlineData("<b>bold</b>", "<b>bold</b>")]
    public void A_text_is_one_line_without_tricks(string payload, string line) => Assert.Equal(line, Of(Encoding.UTF8.GetBytes(payload)));

    [Fact]
    public void Bytes_that_are_no_text_are_hex() => Assert.Equal("0x ff 00 01", Of([0xFF, 0, 1]));

    [Fact]
    public void A_long_text_ends_with_dots() => Assert.Equal(new string('x', 200) + "…", Of(Encoding.UTF8.GetBytes(new string('x', 5000))));

    [Fact]
    public void A_character_that_is_cut_in_two_does_not_make_a_text_hex()
    {
        var payload = Encoding.UTF8.GetBytes("a" + new string('é', 200)); // the limit falls into an é

        Assert.StartsWith("aéé", Of(payload), StringComparison.Ordinal);
        Assert.EndsWith("é…", Of(payload), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rest_of_many_bytes_is_dots() => Assert.EndsWith(" ff …", Of([.. Enumerable.Repeat((byte)0xFF, 100)]), StringComparison.Ordinal);

    private static string Of(byte[] payload) => PayloadLine.Of(payload.AsSpan(0, Math.Min(payload.Length, PayloadLine.Bytes)), payload.Length);
}
