using System.Globalization;
using System.Runtime.InteropServices;

namespace Dashboard.Benchmarks.Reports;

/// <summary>Where something was measured.</summary>
internal sealed record Machine(string Processor, int Processors, string System, string Runtime, string Versions)
{
    public static Machine Here(string versions) => new(
        ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription.Split('#')[0].Trim(), RuntimeInformation.FrameworkDescription, versions);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Processor}, {Processors} processors, {System}, {Runtime}");

    private static string ProcessorName()
    {
        const string Key = "model name";
        var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return line is null ? $"{RuntimeInformation.ProcessArchitecture}" : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
