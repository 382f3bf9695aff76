namespace Dashboard.Broker.Monitoring;

/// <summary>
/// The client ids that the line of a crowd counts, as a Bloom filter: it never forgets one of the newest 45,000, takes another
/// for one of them about once in ten at worst, and holds 64 kB however many there are.
/// </summary>
internal sealed class FoldedClients
{
    private const int Bits = 32 * 1024 * 8;
    private const int Hashes = 4;

    private ulong[] _newer = new ulong[Bits / 64];
    private ulong[]? _older;
    private int _set;

    public void Add(string clientId)
    {
        if (_set > Bits / 2)
        {
            (_older, _newer, _set) = (_newer, new ulong[Bits / 64], 0);
        }

        foreach (var bit in new Places(clientId))
        {
            ref var word = ref _newer[bit / 64];
            _set += (word >> (bit % 64) & 1) == 0 ? 1 : 0;
            word |= 1UL << (bit % 64);
        }
    }

    public bool SeemToHave(string clientId) => Has(_newer, clientId) || (_older is not null && Has(_older, clientId));

    private static bool Has(ulong[] filter, string clientId)
    {
        foreach (var bit in new Places(clientId))
        {
            if ((filter[bit / 64] >> (bit % 64) & 1) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bits of an id: two hashes make all others. The runtime seeds them anew in each process, so ids cannot be chosen to collide.</summary>
    private ref struct Places(string clientId)
    {
        private readonly uint _step = ((uint)HashCode.Combine(clientId, 1) << 1) | 1;
        private uint _at = (uint)clientId.GetHashCode(StringComparison.Ordinal);
        private int _left = Hashes;

        public readonly int Current => (int)(_at % Bits);

        public readonly Places GetEnumerator() => this;

        public bool MoveNext()
        {
            _at += _step;
            return _left-- > 0;
        }
    }
}
