using System.Globalization;
using Dashboard.Broker;
using Dashboard.Features.Retained;
using Dashboard.Shared;
using Dashboard.Shared.Transfer;
using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.Endpoints.RetainedFile;

/// <summary>The retained store as a file of lines: what a filter shows goes out, what was saved comes back.</summary>
internal static class RetainedFileEndpoints
{
    private const string Path = "/retained/file";
    private const string ContentType = "application/x-ndjson";

    /// <summary>Bytes of a file; the store holds half a gigabyte by default, and text grows in JSON.</summary>
    private const long MaxFile = 4L * 1024 * 1024 * 1024;

    public static void MapRetainedFile(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, ExportAsync);
        endpoints.MapPost(Path, ImportAsync);
    }

    private static async Task ExportAsync(HttpContext context, MqttBroker broker, Followed<ExportProgress> exports, TimeProvider time)
    {
        var query = context.Request.Query;
        var filter = RetainedFilter.All with
        {
            Topics = query["filter"].ToString() is { Length: > 0 } topics ? topics : RetainedFilter.Everything,
            OlderThan = RetainedFilter.AgeOf(query["older"]),
            Publisher = query["by"].ToString(),
            MinSize = RetainedFilter.SizeOf(query["size"]),
            Sort = RetainedFilter.SortOf(query["sort"]),
        };
        if ((FilterProblem.InWords(filter.Topics) ?? RetainedFilter.UnknownOf(query["older"], query["size"], query["sort"])) is { } problem)
        {
            await AnswerAsync(context, StatusCodes.Status400BadRequest, problem);
            return;
        }

        var now = time.GetUtcNow();
        context.Response.ContentType = ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"retained-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.ndjson\"";
        await new RetainedExport(broker, context.Response.BodyWriter).WriteAsync(broker.FindRetained(filter.Query(now)).Topics, exports.Find(query["follow"]), context.RequestAborted);
    }

    private static async Task ImportAsync(HttpContext context, MqttBroker broker, Followed<ImportProgress> imports, TimeProvider time)
    {
        if (!IsOfThisPage(context.Request))
        {
            await AnswerAsync(context, StatusCodes.Status403Forbidden, "Only the pages of this dashboard may import.");
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxFile;
        }

        var report = await new RetainedImport(broker, time, imports.Find(context.Request.Query["follow"])).ReadAsync(context.Request.BodyReader, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(report, context.RequestAborted);
    }

    /// <summary>Browsers say where a request comes from, and no page can make them lie. Who says nothing is not one of our pages.</summary>
    private static bool IsOfThisPage(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site == "same-origin";
        }

        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && origin.Scheme == request.Scheme
            && origin.Authority.Equals(request.Host.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
