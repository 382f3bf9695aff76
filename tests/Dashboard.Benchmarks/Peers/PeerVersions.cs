using System.Text.RegularExpressions;

namespace Dashboard.Benchmarks.Peers;

/// <summary>What the other brokers call themselves.</summary>
internal static partial class PeerVersions
{
    public static async Task<string> Of(IEnumerable<PeerChoice> choices)
    {
        var names = new List<string>();
        foreach (var choice in choices)
        {
            switch (choice.Name)
            {
                case MosquittoPeer.Title:
                    names.Add($"Mosquitto {await Ask("mosquitto", "-h")}");
                    break;
                case NatsPeer.Title:
                    names.Add($"nats-server {await Ask("nats-server", "-v")}");
                    break;
            }
        }

        return names.Count == 0 ? "no other broker" : string.Join(" and ", names);
    }

    private static async Task<string> Ask(string program, string argument)
    {
        await using var tool = Tool.Start(Installed.Find(program)!, argument);
        await tool.WaitForExit(); // Mosquitto's help ends with an exit code of its own
        return Number().Match(string.Join('\n', tool.Lines)).Value;
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+")]
    private static partial Regex Number();
}
