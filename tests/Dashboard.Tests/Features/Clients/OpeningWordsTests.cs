using Dashboard.Features.Clients;

namespace Dashboard.Tests.Features.Clients;

public sealed class OpeningWordsTests
{
    [Theory]
    [InlineData("", "It sent nothing.")]
    [InlineData("16030101", "It began with a TLS handshake:")]
    [InlineData("474554202f736f6d652f706167652048", "It began with the text “GET /some/page H”:")]
    [InlineData("101000044d5154540702003c00000004", "It began with a CONNECT of protocol MQTT, version 7:")]
    [InlineData("300a0003612f62", "It began with PUBLISH:")]
    [InlineData("00ff", "It began with bytes that are no MQTT packet:")]
    public void The_first_bytes_say_who_knocked(string hex, string words) =>
        Assert.Equal(words, OpeningWords.Of(Convert.FromHexString(hex)));

    [Fact]
    public void They_are_written_one_by_one() => Assert.Equal("10 0e ff", OpeningWords.Hex([0x10, 0x0E, 0xFF]));
}
