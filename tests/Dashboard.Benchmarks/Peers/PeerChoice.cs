namespace Dashboard.Benchmarks.Peers;

/// <summary>A broker that can be measured here.</summary>
internal sealed record PeerChoice(string Name, Func<Task<Peer>> Start)
{
    public static readonly PeerChoice Ours = new(DashboardPeer.Title, DashboardPeer.StartInMemory);

    /// <summary>Ours first, then those that are installed; says what is missing.</summary>
    public static IReadOnlyList<PeerChoice> All(Action<string> say)
    {
        var choices = new List<PeerChoice> { Ours };
        Add("mosquitto", new PeerChoice(MosquittoPeer.Title, MosquittoPeer.Start));
        Add("nats-server", new PeerChoice(NatsPeer.Title, NatsPeer.Start));
        return choices;

        void Add(string program, PeerChoice choice)
        {
            if (Installed.Find(program) is not null)
            {
                choices.Add(choice);
            }
            else
            {
                say($"{choice.Name} is not installed and is left out (on Debian: apt-get install {program}, then stop the service that it starts)");
            }
        }
    }
}
