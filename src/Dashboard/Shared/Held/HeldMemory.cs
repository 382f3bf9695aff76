namespace Dashboard.Shared.Held;

/// <summary>How much a part of the pages holds in memory.</summary>
/// <param name="Name">What it holds, as the reader says it.</param>
/// <param name="Href">The page that shows it.</param>
/// <param name="Cap">Bytes that it may hold; 0 when it grows only with something that has a cap of its own.</param>
internal sealed record HeldMemory(string Name, string Href, long Bytes, long Cap);

/// <summary>A part of the pages whose memory the Overview shows, whichever page it belongs to.</summary>
internal interface IHoldsMemory
{
    HeldMemory Held { get; }
}
