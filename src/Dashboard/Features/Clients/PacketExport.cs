using System.Text.Json;
using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Clients;

/// <summary>The captured packets of a client as NDJSON: one packet a line, oldest first, with its fields and its bytes. No secrets.</summary>
internal static class PacketExport
{
    public const string Path = "clients/packets.ndjson";

    public static void MapPacketExport(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/" + Path, WriteAsync);

    /// <param name="after">Without the packets up to this sequence.</param>
    /// <param name="until">Without the packets after this sequence.</param>
    private static async Task WriteAsync(HttpContext context, PacketTraces traces, string? id, string? direction, string? type, long after = 0, long until = long.MaxValue)
    {
        if (traces.Find(id ?? "") is not { } trace)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"packets.ndjson\"";
        foreach (var packet in trace.Packets.Where(packet => packet.Sequence > after && packet.Sequence <= until).Where(PacketFilter.Parse(direction, type).Matches))
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, Line(trace.ClientId, packet), cancellationToken: context.RequestAborted);
            await context.Response.WriteAsync("\n", context.RequestAborted);
        }
    }

    private static object Line(string clientId, TracedPacket packet) => new
    {
        time = packet.Time,
        client = clientId,
        direction = packet.IsFromClient ? "from client" : "to client",
        type = PacketLine.Name(packet.Type),
        version = ClientWords.Version(packet.Version),
        length = packet.Length,
        fields = packet.Anatomy.Fields.Select(field => new { name = field.Name, value = field.IsSecret ? null : field.Value, start = field.Start, length = field.Length }),
        bytes = Convert.ToHexStringLower(packet.Bytes.Span),
    };
}
