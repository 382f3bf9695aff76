using System.Text;
using Dashboard.Shared.Payload;

namespace Dashboard.Tests.Shared.Payload;

public sealed class PayloadExcerptTests
{
    [Theory]
    [InlineData("21.5", PayloadForm.Text)]
    [InlineData("{\"a\":1}", PayloadForm.Json)]
    [InlineData("{a}", PayloadForm.Text)]
    [InlineData("a\0b", PayloadForm.Hex)]
    [InlineData("GIF89a....", PayloadForm.Image)]
    [InlineData("RIFF....WEBPVP8 ", PayloadForm.Image)]
    [InlineData("<svg/>", PayloadForm.Text)]
    public void The_form_that_suits_is_recognised(string payload, object form) =>
        Assert.Equal(form, PayloadExcerpt.Recognise(Encoding.Latin1.GetBytes(payload)));

    [Fact]
    public void The_beginning_of_a_picture_is_no_picture() =>
        Assert.NotEqual(PayloadForm.Image, PayloadExcerpt.Recognise("GIF89a"u8.ToArray(), isWhole: false));

    [Fact]
    public void A_beginning_that_ends_within_a_character_is_still_text() =>
        Assert.Equal(PayloadForm.Text, PayloadExcerpt.Recognise("aé"u8[..2].ToArray(), isWhole: false));

    [Theory]
    [InlineData(PayloadForm.Text, 4, "éé", "first 4 B of 10 B")]
    [InlineData(PayloadForm.Text, 5, "éé", "first 4 B of 10 B")]
    [InlineData(PayloadForm.Base64, 4, "w6nD", "first 3 B of 10 B")]
    [InlineData(PayloadForm.Text, 10, "ééééé", null)]
    public void What_is_cut_says_so(object form, int limit, string text, string? cut) =>
        Assert.Equal((text, cut), PayloadExcerpt.Of("ééééé"u8, (PayloadForm)form, limit) switch { var excerpt => (excerpt.Text, excerpt.Cut) });

    [Theory]
    [InlineData(0, 1)]
    [InlineData(16, 17)]
    [InlineData(5_000, 5_001)]
    public void What_is_no_text_says_at_which_byte(int before, int place) =>
        Assert.Equal($"These bytes are not valid UTF-8 at byte {place:N0}; � stands for what is not text.", PayloadExcerpt.Of([.. Encoding.UTF8.GetBytes(new string('x', before)), 0xC3, (byte)'x'], PayloadForm.Text, 100).Note);

    [Theory]
    [InlineData("{\"a\":1,}", 1, 8)]
    [InlineData("{\n  \"a\": tru\n}", 2, 11)]
    [InlineData("[1, 2", 1, 6)]
    public void What_is_no_json_says_where(string text, int line, int place)
    {
        Assert.Null(JsonOutline.TryRead(Encoding.UTF8.GetBytes(text), out var problem));

        Assert.Equal($"Not JSON at line {line}, byte {place}: shown as text.", JsonOutline.Refusal(problem));
    }

    [Fact]
    public void What_is_too_long_to_be_laid_out_says_so()
    {
        Assert.Null(JsonOutline.TryRead(new byte[JsonOutline.MaxBytes + 1], out var problem));

        Assert.StartsWith("Longer than", JsonOutline.Refusal(problem), StringComparison.Ordinal);
    }

    [Fact]
    public void Marks_that_turn_the_text_around_are_seen() => Assert.Equal("a\uFFFDb", PayloadExcerpt.Of("a\u202Eb"u8, PayloadForm.Text, 100).Text);
}
