using System.Buffers.Text;
using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics;

/// <summary>The last values of a topic when they are numbers, oldest first.</summary>
public sealed record NumberSeries(IReadOnlyList<double> Values)
{
    private const int Fewest = 3;

    public double Lowest => Values.Min();

    public double Highest => Values.Max();

    public double Last => Values[^1];

    /// <summary>Null when there are fewer than three, or one of them is no finite number.</summary>
    /// <param name="history">Newest first.</param>
    public static NumberSeries? Of(IReadOnlyList<MessageRecord> history)
    {
        if (history.Count < Fewest)
        {
            return null;
        }

        var values = new double[history.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryParse(history[^(i + 1)], out values[i]))
            {
                return null;
            }
        }

        return new NumberSeries(values);
    }

    private static bool TryParse(MessageRecord message, out double value)
    {
        var text = message.Payload.AsSpan().Trim(" \t\r\n"u8);
        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && text.Length > 0 && double.IsFinite(value);
    }
}
