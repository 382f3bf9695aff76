using System.Net.Mime;
using System.Text;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Export;

namespace Dashboard.Endpoints;

/// <summary><c>GET /topics/history?topic=…&amp;format=ndjson|csv</c>: the recent messages of a topic as a file, oldest first.</summary>
internal static class TopicHistoryEndpoint
{
    public static void MapTopicHistory(this WebApplication app) => app.MapGet("/topics/history", Answer);

    private static async Task<IResult> Answer(string topic, string? format, TopicMonitor monitor, HttpContext context)
    {
        var isCsv = format == "csv";
        if (!isCsv && format is not (null or "ndjson"))
        {
            return Results.BadRequest("format is ndjson or csv");
        }

        var messages = monitor.History(topic, maxPayload: 0);
        if (messages.Count == 0)
        {
            return Results.NotFound();
        }

        var response = context.Response;
        response.ContentType = isCsv ? MediaTypeNames.Text.Csv : "application/x-ndjson";
        response.Headers.ContentDisposition = $"attachment; filename=\"{FileName(topic)}.{(isCsv ? "csv" : "ndjson")}\"";
        if (isCsv)
        {
            MessageCsv.WriteHead(response.BodyWriter);
        }

        // One by one, as a thousand of them may be large; what leaves the history meanwhile is left out.
        foreach (var sequence in messages.Select(message => message.Sequence).Reverse())
        {
            if (monitor.Message(topic, sequence) is not { } message)
            {
                continue;
            }

            if (isCsv)
            {
                MessageCsv.Write(response.BodyWriter, message);
            }
            else
            {
                MessageNdjson.Write(response.BodyWriter, message);
            }

            await response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        return Results.Empty;
    }

    /// <summary>Letters and digits of the topic, as every file system takes them.</summary>
    private static string FileName(string topic)
    {
        var name = new StringBuilder();
        foreach (var character in topic.Take(80))
        {
            name.Append(char.IsAsciiLetterOrDigit(character) || character is '.' or '_' ? character : '-');
        }

        return name.ToString().Trim('.');
    }
}
