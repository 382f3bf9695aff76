using System.Text;
using Dashboard.Features.Topics.Comparison;

namespace Dashboard.Tests.Features.Topics.Comparison;

public sealed class DiffTests
{
    [Fact]
    public void Lines_that_took_each_others_place_are_compared_by_their_words() =>
        Assert.Equal(["  a", "- temp [21.5]", "+ temp [22]", "  b"], Text("a\ntemp 21.5\nb", "a\ntemp 22\nb"));

    [Fact]
    public void Lines_that_came_or_went_are_whole() =>
        Assert.Equal(["  a", "+ new", "  b", "- c"], Text("a\nb\nc", "a\nnew\nb"));

    [Fact]
    public void Equal_lines_far_from_a_change_are_left_out()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 20));

        Assert.Equal(["+ first", "  0", "  1", "(18)"], Text(lines, "first\n" + lines));
    }

    [Fact]
    public void Bytes_are_compared_as_hex() =>
        Assert.Contains("[01]", Assert.Single(Diff([0, 1], [0, 2]), line => line.StartsWith('-')), StringComparison.Ordinal);

    [Fact]
    public void Thousands_of_lines_that_have_nothing_in_common_are_replaced_without_a_large_table()
    {
        var before = string.Join('\n', Enumerable.Range(0, 5_000).Select(i => $"b{i}"));
        var after = string.Join('\n', Enumerable.Range(0, 5_001).Select(i => $"a{i}"));

        Assert.Equal(10_001, Text(before, after).Length);
    }

    [Fact]
    public void Json_is_compared_value_by_value_whatever_its_order() =>
        Assert.Equal(
            [("t", "20", "21.5", "+1.5"), ("list[1]", null, "2", null), ("new", null, "{ 1 }", null), ("gone", "[ 2 ]", null, null), ("kind", "1", "{ 0 }", null)],
            Json("""{"t":20,"list":[1],"gone":[1,{"x":2}],"kind":1}""", """{ "list":[1,2], "t":21.5, "new":{"a":1}, "kind":{} }""").OrderBy(change => change.Path switch { "t" => 0, "list[1]" => 1, "new" => 2, "gone" => 3, _ => 4 })
                .Select(change => (change.Path, change.Before, change.After, change.Difference)));

    [Fact]
    public void Json_with_other_spaces_and_order_is_the_same() => Assert.Empty(Json("""{"a":1,"b":[2]}""", """{ "b": [ 2 ], "a": 1 }"""));

    [Fact]
    public void Very_many_changes_are_counted()
    {
        var diff = JsonDiff.Of([.. "["u8, .. Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Repeat(0, 1_000))), .. "]"u8], "[]"u8.ToArray())!;

        Assert.Equal((200, 800), (diff.Changes.Count, diff.More));
    }

    [Fact]
    public void A_number_and_a_text_are_no_json_to_compare() => Assert.Null(JsonDiff.Of("1"u8.ToArray(), "2"u8.ToArray()));

    [Theory]
    [InlineData("21.5", "21.5\n")]
    [InlineData("21.5", "21.5\r\n")]
    [InlineData("a\nb", "a\r\nb")]
    [InlineData("open\u202Egate", "open\u202Agate")]
    public void What_is_not_the_same_byte_by_byte_shows_a_change(string before, string after) =>
        Assert.Contains(Text(before, after), line => line[0] is '-' or '+');

    [Fact]
    public void Json_that_names_a_value_twice_is_compared_as_text() =>
        Assert.Null(JsonDiff.Of("""{"a":1,"a":2,"b":1}"""u8.ToArray(), """{"a":1,"a":2,"b":2}"""u8.ToArray()));

    private static IReadOnlyList<JsonChange> Json(string before, string after) => JsonDiff.Of(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after))!.Changes;

    private static string[] Text(string before, string after) => Diff(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));

    private static string[] Diff(byte[] before, byte[] after) =>
        [.. TextDiff.Of(before, after).Select(line => line.Skipped > 0
            ? $"({line.Skipped})"
            : (line.Change switch { Change.Added => "+ ", Change.Removed => "- ", _ => "  " }) + string.Concat(line.Pieces.Select(piece => piece.Change == Change.None ? piece.Text : $"[{piece.Text}]")))];
}
