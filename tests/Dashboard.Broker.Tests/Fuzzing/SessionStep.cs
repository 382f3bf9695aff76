using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>What happens in a story. What makes no sense at its time, such as an acknowledgement of nothing, is left out.</summary>
internal enum StepKind
{
    Connect,
    Disconnect,
    Drop,
    Subscribe,
    Unsubscribe,
    Publish,
    PublishRetained,
    PublishAgain,
    Acknowledge,
    Restart,
    Wait,
}

/// <summary>One step; which of its numbers mean something depends on what it is.</summary>
/// <param name="Number">Chooses among what there is to choose from.</param>
/// <param name="Expiry">Seconds, of a session or a message; the time to wait.</param>
internal sealed record SessionStep(StepKind Kind, int Client, QualityOfService QoS, int Number, uint Expiry, bool Clean)
{
    private static readonly StepKind[] Kinds =
    [
        .. Enumerable.Repeat(StepKind.Publish, 10), .. Enumerable.Repeat(StepKind.Acknowledge, 9), .. Enumerable.Repeat(StepKind.Connect, 4),
        .. Enumerable.Repeat(StepKind.Subscribe, 5), .. Enumerable.Repeat(StepKind.PublishRetained, 6), StepKind.Drop, StepKind.Drop, StepKind.Drop, StepKind.Disconnect, StepKind.Unsubscribe, StepKind.PublishAgain, StepKind.Restart, StepKind.Wait, StepKind.Wait,
    ];

    public static List<SessionStep> Story(Random chance) => [.. Enumerable.Range(0, chance.Next(20, 120)).Select(_ => Any(chance))];

    private static SessionStep Any(Random chance) => new(
        Kinds[chance.Next(Kinds.Length)],
        chance.Next(3),
        (QualityOfService)Math.Min(2, chance.Next(4)),
        chance.Next(1_000_000),
        chance.Next(4) switch { 0 => 0, 1 => ModelSession.Forever, 2 => (uint)chance.Next(1, 5), _ => (uint)chance.Next(1, 40) },
        chance.Next(6) == 0);
}
