using System.IO.Pipelines;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Export;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Features.Messages.Export;

/// <summary><c>GET /messages/export/NAME.csv</c> and <c>.ndjson</c>: what a page has offered, message by message.</summary>
internal static class ExportEndpoint
{
    private const int FlushAt = 64 * 1024;

    public static void MapMessageExport(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/messages/export/{name}.csv", (string name, MessageExports exports, TimeProvider time) =>
            Send(exports.Take(name), time, "csv", "text/csv; charset=utf-8", MessageCsv.WriteHead, MessageCsv.Write));
        endpoints.MapGet("/messages/export/{name}.ndjson", (string name, MessageExports exports, TimeProvider time) =>
            Send(exports.Take(name), time, "ndjson", "application/x-ndjson", _ => { }, MessageNdjson.Write));
    }

    private static Results<PushStreamHttpResult, NotFound> Send(
        IReadOnlyList<MessageRecord>? rows, TimeProvider time, string ending, string type, Action<PipeWriter> head, Action<PipeWriter, MessageRecord> write) => rows is null
        ? TypedResults.NotFound()
        : TypedResults.Stream(body => WriteAsync(PipeWriter.Create(body), rows, head, write), type, $"messages-{time.GetLocalNow():yyyyMMdd-HHmmss}.{ending}");

    private static async Task WriteAsync(PipeWriter output, IReadOnlyList<MessageRecord> rows, Action<PipeWriter> head, Action<PipeWriter, MessageRecord> write)
    {
        head(output);
        foreach (var row in rows)
        {
            write(output, row);
            if (output.UnflushedBytes > FlushAt)
            {
                await output.FlushAsync();
            }
        }

        await output.CompleteAsync();
    }
}
