using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Broker;
using Dashboard.Features.Publish;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;
using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.Endpoints;

/// <summary>
/// <c>POST /api/publish</c>: for programs that have HTTP but no MQTT. It takes JSON and nothing that a browser sends for a web
/// page (those carry <c>Origin</c> or <c>Sec-Fetch-Site</c>), so that no site can publish through the browser of somebody who
/// reaches this port; hence it needs no antiforgery token.
/// </summary>
internal static class PublishEndpoint
{
    /// <summary>Requests that are worked on at once: a body is held in memory whole.</summary>
    private const int MaxAtOnce = 4;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
    private static readonly SemaphoreSlim Places = new(MaxAtOnce);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static void MapPublish(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/publish", CountAsync);

    private static async Task<IResult> CountAsync(HttpContext context, MqttBroker broker, ApiTally tally)
    {
        var result = await PublishAsync(context, broker);
        tally.Count((result as IStatusCodeHttpResult)?.StatusCode ?? StatusCodes.Status200OK);
        return result;
    }

    private static async Task<IResult> PublishAsync(HttpContext context, MqttBroker broker)
    {
        var request = context.Request;
        if (request.Headers.ContainsKey("Origin") || request.Headers.ContainsKey("Sec-Fetch-Site"))
        {
            return Refuse(StatusCodes.Status403Forbidden, Texts.Publish_ApiNoBrowsers);
        }

        if (!request.HasJsonContentType())
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, Texts.Publish_ApiJson);
        }

        if (request.ContentLength > MaxBody(broker.Options))
        {
            await LetGoAsync(context, MaxLetGo(broker.Options));
            return Refuse(StatusCodes.Status413PayloadTooLarge, Texts.Publish_ApiTooLarge.With(Format.Bytes(broker.Options.MaxPacketSize)));
        }

        if (!await Places.WaitAsync(MaxWait, context.RequestAborted))
        {
            return Refuse(StatusCodes.Status503ServiceUnavailable, Texts.Publish_ApiBusy);
        }

        try
        {
            var limit = context.Features.Get<IHttpMaxRequestBodySizeFeature>();
            if (limit is { IsReadOnly: false })
            {
                limit.MaxRequestBodySize = MaxBody(broker.Options);
            }

            return await JsonSerializer.DeserializeAsync<PublishBody>(request.Body, Json, context.RequestAborted) is { } body
                ? Publish(broker, body)
                : Refuse(StatusCodes.Status400BadRequest, Texts.Publish_ApiEmpty);
        }
        catch (JsonException e)
        {
            return Refuse(StatusCodes.Status400BadRequest, Texts.Publish_ApiNoJson.With((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, e.Path ?? "$"));
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Refuse(e.StatusCode, Texts.Publish_ApiTooLarge.With(Format.Bytes(broker.Options.MaxPacketSize)));
        }
        finally
        {
            Places.Release();
        }
    }

    /// <summary>
    /// A program looks for the answer when it has sent its body: if that were not taken, it would find a broken connection in
    /// the place of our words. One that asks first (Expect: 100-continue) sends nothing.
    /// </summary>
    private static async Task LetGoAsync(HttpContext context, long max)
    {
        var request = context.Request;
        if (request.ContentLength > max || request.Headers.Expect.Count > 0)
        {
            return;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = max;
        }

        await request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
    }

    private static IResult Publish(MqttBroker broker, PublishBody body)
    {
        var draft = body.ToDraft();
        var errors = body.OwnErrors().Concat(draft.Errors).ToArray();
        if (errors.Length > 0)
        {
            return Refuse(StatusCodes.Status400BadRequest, errors);
        }

        var request = draft.ToRequest();
        var report = broker.Publish(request);
        var words = PublishResult.Of(request, report, nearMiss: null).Text;
        return report.Reason switch
        {
            ReasonCode.Success or ReasonCode.NoMatchingSubscribers => Results.Json(
                new { result = words, sent = report.Sent, queued = report.Queued, dropped = report.Dropped, skipped = report.Skipped }, Json),
            ReasonCode.PacketTooLarge => Refuse(StatusCodes.Status413PayloadTooLarge, words),
            ReasonCode.QuotaExceeded => Refuse(StatusCodes.Status507InsufficientStorage, words),
            _ => Refuse(StatusCodes.Status400BadRequest, words),
        };
    }

    /// <summary>The largest packet in hex, or as text of which each byte is escaped (\u0001), with room for the rest.</summary>
    private static long MaxBody(BrokerOptions options) => (6L * options.MaxPacketSize) + (1024 * 1024);

    /// <summary>Bytes of a body that is too large which are taken and let go; whoever sends still more is cut off.</summary>
    private static long MaxLetGo(BrokerOptions options) => Math.Max(64 * 1024 * 1024, 2 * MaxBody(options));

    private static IResult Refuse(int status, params string[] errors) => Results.Json(new { errors }, Json, statusCode: status);
}
