using Dashboard.Broker;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>Finds out that two devices use one client id: they take it from each other again and again.</summary>
internal static class SharedClientId
{
    private const int Suspicious = 3;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(2);

    /// <summary>All client ids of which that can be said now, whoever is connected.</summary>
    /// <param name="takeOvers">Newest first.</param>
    public static IReadOnlyList<(string ClientId, string Words)> All(IReadOnlyList<ClientEvent> takeOvers, DateTimeOffset now) =>
    [
        .. takeOvers
            .Where(one => one.ClientId is not null)
            .GroupBy(one => one.ClientId!)
            .Select(story => (story.Key, Words: Warning([.. story], null, now)))
            .Where(one => one.Words is not null)
            .Select(one => (one.Key, one.Words!)),
    ];

    /// <param name="story">The client's events, newest first.</param>
    /// <param name="address">Where it is connected from now.</param>
    /// <returns>Null when all is well.</returns>
    public static string? Warning(IReadOnlyList<ClientEvent> story, string? address, DateTimeOffset now)
    {
        var takenOver = story.Where(one => one is { Kind: ClientEventKind.TakenOver, IsCrowd: false } && now - one.Time < Lately).ToArray();
        var times = takenOver.Sum(one => one.Times);
        if (times < Suspicious)
        {
            return null;
        }

        var addresses = takenOver.Select(one => one.Address).Prepend(address).OfType<string>().Distinct().ToArray();
        var hosts = addresses.Select(ClientWords.Host).Distinct().ToArray();
        if (hosts.Length < 2)
        {
            return Texts.Clients_SharedIdOneHost.With(Format.Count(times), hosts.FirstOrDefault());
        }

        // One of each host, the newest first: two ports of one device say nothing.
        var two = addresses.DistinctBy(ClientWords.Host).Take(2).ToArray();
        return Texts.Clients_SharedId.With(Format.Count(times), Texts.Clients_And.With(two[0], two[1]));
    }
}
