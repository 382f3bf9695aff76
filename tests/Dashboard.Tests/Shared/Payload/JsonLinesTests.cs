using System.Text;
using Dashboard.Shared.Payload;

namespace Dashboard.Tests.Shared.Payload;

public sealed class JsonLinesTests
{
    private readonly JsonLines _lines = new();

    [Fact]
    public void Values_are_lines_and_stay_as_they_were_sent()
    {
        Show("""{ "a":1.50, "b":[true,null,[],{}], "c":"\u00e9" }""");

        AssertLines("{", "\"a\": 1.50,", "\"b\": [", "true,", "null,", "[],", "{}", "],", "\"c\": \"\\u00e9\"", "}");
        Assert.Equal([0, 1, 1, 2, 2, 2, 2, 1, 1, 0], _lines.Visible.Select(_lines.Depth));
    }

    [Fact]
    public void What_is_closed_is_one_line_and_stays_closed_in_the_next_document()
    {
        Show("""{"a":{"b":1,"c":2},"d":[3]}""");
        _lines.Toggle(1);
        AssertLines("{", "\"a\": { 2 … },", "\"d\": [", "3", "]", "}");

        Show("""{"new":0,"a":{"b":5},"d":[]}""");
        AssertLines("{", "\"new\": 0,", "\"a\": { 1 … },", "\"d\": []", "}");

        _lines.OpenAll();
        AssertLines("{", "\"new\": 0,", "\"a\": {", "\"b\": 5", "},", "\"d\": []", "}");
        _lines.CloseAll();
        AssertLines("{", "\"new\": 0,", "\"a\": { 1 … },", "\"d\": []", "}");
    }

    [Fact]
    public void A_search_leaves_what_is_found_and_what_lies_around_it_even_where_it_is_closed()
    {
        Show("""{"rooms":[{"name":"Kitchen","t":20},{"name":"hall","t":18}],"at":"kitchen door"}""");
        _lines.CloseAll();
        _lines.Find("KITCHEN");

        Assert.Equal(2, _lines.Found);
        AssertLines("{", "\"rooms\": [", "{", "\"name\": \"Kitchen\",", "},", "],", "\"at\": \"kitchen door\"", "}");
    }

    [Fact]
    public void A_hundred_thousand_levels_are_lines_too()
    {
        Show(new string('[', 100_000) + new string(']', 100_000));

        Assert.Equal(199_999, _lines.Visible.Count);
        Assert.Equal(99_999, _lines.Depth(_lines.Visible[99_999]));
    }

    [Fact]
    public void A_very_long_value_is_cut_in_words()
    {
        Show($"\"{new string('x', 5_000)}\"");

        Assert.EndsWith("… (3 kB more, see Text)", _lines.Text(_lines.Visible[0]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"a\":1")]
    [InlineData("{a:1}")]
    [InlineData("[1] 2")]
    [InlineData("")]
    public void What_is_not_json_is_refused(string text) => Assert.Null(JsonOutline.TryRead(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_path_is_written_as_people_do()
    {
        var outline = JsonOutline.TryRead("""{"rooms":[{},{"t":1}]}"""u8.ToArray())!;

        Assert.Equal(["", "rooms", "rooms[0]", "rooms[1]", "rooms[1].t"], Enumerable.Range(0, 5).Select(outline.PathOf));
    }

    private void Show(string json) => _lines.Show(JsonOutline.TryRead(Encoding.UTF8.GetBytes(json))!);

    private void AssertLines(params string[] lines) => Assert.Equal(lines, _lines.Visible.Select(_lines.Text));
}
