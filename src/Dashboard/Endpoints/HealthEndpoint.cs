namespace Dashboard.Endpoints;

internal static class HealthEndpoint
{
    /// <summary><c>GET /health</c>: for container engines, load balancers and the reconnecting page.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/health", () => Results.Text("ok"));
}
