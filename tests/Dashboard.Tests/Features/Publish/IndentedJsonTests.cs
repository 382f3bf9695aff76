using System.Text;
using Dashboard.Features.Publish;

namespace Dashboard.Tests.Features.Publish;

public sealed class IndentedJsonTests
{
    [Theory]
    [InlineData("""{"a":[1.50,1e999,"\u0041"],"b":{},"c":[]}""", "{\n  \"a\": [\n    1.50,\n    1e999,\n    \"\\u0041\"\n  ],\n  \"b\": {},\n  \"c\": []\n}")]
    [InlineData("null", "null")]
    public void Values_stay_as_they_were_written(string json, string formatted) =>
        Assert.Equal(formatted, IndentedJson.TryFormat(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    public void What_is_no_json_is_not_formatted(string text) => Assert.Null(IndentedJson.TryFormat(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Deep_nesting_is_not_formatted() =>
        Assert.Null(IndentedJson.TryFormat(Encoding.UTF8.GetBytes(new string('[', IndentedJson.MaxDepth + 1) + new string(']', IndentedJson.MaxDepth + 1))));
}
