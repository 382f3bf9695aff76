namespace Dashboard.Broker.Monitoring;

/// <summary>A moving average of a rate a minute over 1, 5 and 15 minutes, as Mosquitto's <c>$SYS/broker/load/#</c> has it.</summary>
internal sealed class LoadAverage(string name)
{
    private static readonly (string Name, double Seconds)[] Windows = [("1min", 60), ("5min", 300), ("15min", 900)];

    private readonly double[] _values = new double[Windows.Length];
    private long _before;

    /// <summary>Takes the next reading of a total and returns topic names and values.</summary>
    public IEnumerable<(string Topic, double Value)> Next(long total, double seconds)
    {
        var perMinute = (total - _before) * 60 / seconds;
        _before = total;
        for (var i = 0; i < Windows.Length; i++)
        {
            var weight = Math.Exp(-seconds / Windows[i].Seconds);
            _values[i] = perMinute + (weight * (_values[i] - perMinute));
        }

        return Windows.Select((window, i) => ($"$SYS/broker/load/{name}/{window.Name}", _values[i]));
    }
}
