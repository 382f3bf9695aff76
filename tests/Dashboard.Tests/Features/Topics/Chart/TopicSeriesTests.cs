using Dashboard.Features.Topics.Chart;

namespace Dashboard.Tests.Features.Topics.Chart;

public sealed class TopicSeriesTests
{
    [Fact]
    public void Numbers_are_one_field_with_the_oldest_first_and_what_is_none_is_a_gap()
    {
        var field = Assert.Single(Of("20", " 21.5\n", "1e999", "offline", "-3e1").Fields);

        Assert.Equal([20, 21.5, double.NaN, double.NaN, -30], field.Points.Select(point => point.Value));
        Assert.Equal(["20", "21.5", "1e999", "offline", "-3e1"], field.Points.Select(point => point.Text));
    }

    [Fact]
    public void The_numbers_of_json_are_fields_by_their_paths()
    {
        const string Payload = """{"room":{"t":20,"on":true},"list":[1,"2"]}""";

        Assert.Equal(["room.t", "list[0]"], Of(Payload, Payload, Payload).Fields.Select(field => field.Name));
    }

    [Fact]
    public void A_long_payload_is_a_gap_and_counts_only_where_it_might_have_numbers()
    {
        var text = new string('x', TopicSeries.MaxPayload + 1);

        var series = Of("1", "2", text, "3", " {\"a\":\"" + text + "\"}");

        Assert.Equal(1, series.TooLong);
        Assert.Equal(["1", "2", "NaN", "3", "NaN"], Assert.Single(series.Fields).Points.Select(point => $"{point.Value}"));
    }

    [Fact]
    public void More_numbers_than_can_be_drawn_are_said_to_be_more()
    {
        Assert.False(Of(Json(TopicSeries.MaxFields)).HasMoreFields);
        Assert.True(Of(Json(TopicSeries.MaxFields + 1)).HasMoreFields);

        static string Json(int fields) => "[" + string.Join(',', Enumerable.Repeat("1", fields)) + "]";
    }

    [Fact]
    public void Two_numbers_are_no_series() => Assert.Empty(Of("1", "text", "2").Fields);

    [Fact]
    public void What_comes_later_is_added_once()
    {
        using var broker = new QuietBroker();
        var series = new TopicSeries();
        for (var i = 0; i < 30; i++)
        {
            broker.Publish("number", $"{i}");
            broker.Time.Advance(TimeSpan.FromSeconds(1));
            series.Add(broker.Topics.History("number", after: series.LastSequence));
        }

        Assert.Equal(Enumerable.Range(0, 30).Select(i => (double)i), Assert.Single(series.Fields).Points.Select(point => point.Value));
    }

    [Fact]
    public void Names_with_dots_and_empty_names_are_fields_of_their_own_and_of_two_the_first_counts()
    {
        const string Payload = """{"a.b":1,"a":{"b":2},"":3,"c":4,"c":5}""";

        var fields = Of(Payload, Payload, Payload).Fields.ToList();

        Assert.Equal(["[\"a.b\"]", "a.b", "[\"\"]", "c"], fields.Select(field => field.Name));
        Assert.Equal([1, 2, 3, 4], fields.Select(field => field.Points[0].Value));
        Assert.All(fields, field => Assert.Equal(3, field.Points.Count));
    }

    [Fact]
    public void The_largest_numbers_are_drawn_within_the_chart()
    {
        var points = Of("1e308", "-1e308", "1e308").Fields.Single().Points;

        var path = ChartLine.Path(points, points[0].Time, points[^1].Time, -1e308, 1e308);

        Assert.DoesNotContain("Infinity", path, StringComparison.Ordinal);
    }

    private static TopicSeries Of(params string[] payloads)
    {
        using var broker = new QuietBroker();
        foreach (var payload in payloads)
        {
            broker.Publish("number", payload);
        }

        var series = new TopicSeries();
        series.Add(broker.Topics.History("number"));
        return series;
    }
}
