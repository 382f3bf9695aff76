using System.Collections.Concurrent;
using System.Security.Cryptography;
using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Messages.Export;

/// <summary>
/// What open Messages pages want to hand out as files: rows under a name that cannot be guessed, to be fetched once. A page
/// has one at a time and takes it back when it is left, so nothing is held that no page holds.
/// </summary>
public sealed class MessageExports
{
    private readonly ConcurrentDictionary<string, IReadOnlyList<MessageRecord>> _offers = new(StringComparer.Ordinal);

    /// <summary>Files that wait to be fetched.</summary>
    public int Count => _offers.Count;

    /// <returns>The name to fetch them under.</returns>
    public string Offer(IReadOnlyList<MessageRecord> rows, string? inPlaceOf)
    {
        Withdraw(inPlaceOf);
        var name = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _offers[name] = rows;
        return name;
    }

    public void Withdraw(string? name)
    {
        if (name is not null)
        {
            _offers.TryRemove(name, out _);
        }
    }

    /// <returns>Null when there is no such offer, or it was fetched already.</returns>
    public IReadOnlyList<MessageRecord>? Take(string name) => _offers.TryRemove(name, out var rows) ? rows : null;
}
