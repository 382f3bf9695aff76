using System.Diagnostics;
using Dashboard.Benchmarks.Reports;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Says what is being measured, what came out, and how long it will still take.</summary>
internal sealed class Progress(int steps, int runs, TextWriter output)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _step;

    public void Begin(Row row, int run, string peer)
    {
        var left = _step == 0 ? "" : $", about {_clock.Elapsed / _step * (steps - _step):m\\:ss} left";
        _step++;
        output.Write($"[{_step}/{steps}{left}] {row.Name} on {peer}, run {run} of {runs}: ");
    }

    public void End(Row row, Sample sample) =>
        output.WriteLine(string.Join(", ", row.Lines.Zip(sample.Values, (line, value) => $"{Figures.Value(value)} {line.Unit}")) + Note(sample));

    public void Skipped() => output.WriteLine("it cannot do this");

    public void Failed(string why) => output.WriteLine($"failed: {why}");

    private static string Note(Sample sample)
    {
        var note = sample.OwnShare > 0 ? $" (load client {sample.OwnShare:P0} of a processor)" : "";
        return note + (sample.Lost > 0 ? $", {sample.Lost:N0} lost" : "") + (sample.Disordered > 0 ? $", {sample.Disordered:N0} out of order" : "");
    }
}
