using Dashboard.Broker;

namespace Dashboard.Features.Clients;

/// <summary>Finds out that two devices use one client id: they take it from each other again and again.</summary>
internal static class SharedClientId
{
    private const int Suspicious = 3;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(2);

    /// <param name="story">The client's events, newest first.</param>
    /// <param name="address">Where it is connected from now.</param>
    /// <returns>Null when all is well.</returns>
    public static string? Warning(IReadOnlyList<ClientEvent> story, string? address, DateTimeOffset now)
    {
        var takenOver = story.Where(one => one.Kind == ClientEventKind.TakenOver && now - one.Time < Lately).ToArray();
        if (takenOver.Length < Suspicious)
        {
            return null;
        }

        var addresses = takenOver.Select(one => one.Address).Prepend(address).OfType<string>().Distinct().Take(2);
        return $"It looks as if two devices share this client id: the connection was taken over {takenOver.Length} times in the last two minutes, "
            + $"lately between {string.Join(" and ", addresses)}. Give each device an id of its own.";
    }
}
