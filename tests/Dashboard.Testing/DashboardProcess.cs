using System.Diagnostics;

namespace Dashboard.Testing;

/// <summary>The real program, as a user starts it, on free ports of 127.0.0.1 and a data directory of its own.</summary>
public sealed class DashboardProcess : IAsyncDisposable
{
    private static readonly TimeSpan TimeToStart = TimeSpan.FromSeconds(60);

    private readonly string[] _options;
    private readonly List<Tool> _runs = [];

    private DashboardProcess(string[] options) => _options = options;

    public DashboardPorts Ports { get; } = DashboardPorts.Free();

    public string DataDirectory { get; } = Directory.CreateTempSubdirectory("dashboard-").FullName;

    /// <summary>The address of the pages, without a slash at the end.</summary>
    public string Address => $"http://127.0.0.1:{Ports.Pages}";

    /// <summary>From the start of the process until it accepted connections on all its ports.</summary>
    public TimeSpan StartTook { get; private set; }

    /// <summary>Of the run that is going on.</summary>
    public int ProcessId => Running.ProcessId;

    /// <summary>Everything that it said, of all its runs.</summary>
    public IEnumerable<string> Log => _runs.SelectMany(run => run.Lines.Concat(run.Errors));

    /// <summary>Bytes of memory that it holds now.</summary>
    public long WorkingSet => Running.WorkingSet;

    private Tool Running => _runs[^1];

    /// <summary>Starts the program and waits until it listens.</summary>
    /// <param name="options">More of them, such as <c>--Broker:SysInterval=00:00:01</c>.</param>
    public static async Task<DashboardProcess> Start(params string[] options)
    {
        var dashboard = new DashboardProcess(options);
        try
        {
            await dashboard.Run();
        }
        catch
        {
            await dashboard.DisposeAsync();
            throw;
        }

        return dashboard;
    }

    /// <summary>Stops the program when it runs, and starts it on the same ports and data.</summary>
    public async Task Restart()
    {
        await Stop();
        await Run();
    }

    /// <summary>Stops as a service manager does (SIGTERM) and fails when that ends badly.</summary>
    public async Task Stop()
    {
        if (Running.HasExited)
        {
            return;
        }

        Running.Terminate();
        var exitCode = await Running.WaitForExit();
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"The Dashboard stopped with exit code {exitCode}. {Running}");
        }
    }

    /// <summary>As a power cut: <c>kill -9</c>.</summary>
    public Task Kill()
    {
        Running.Kill();
        return Running.WaitForExit();
    }

    /// <summary>Fails when it logged an error, whatever the test at hand saw from outside.</summary>
    public void AssertNoErrorLogged()
    {
        var log = Log.ToArray();
        var first = Array.FindIndex(log, IsError);
        if (first >= 0)
        {
            throw new InvalidOperationException("The Dashboard logged an error:\n" + string.Join('\n', log.Skip(first).Take(30)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs)
        {
            await run.DisposeAsync();
        }

        Directory.Delete(DataDirectory, recursive: true);
    }

    private static bool IsError(string line) =>
        line.StartsWith("fail:", StringComparison.Ordinal)
        || line.StartsWith("crit:", StringComparison.Ordinal)
        || line.StartsWith("Unhandled exception", StringComparison.Ordinal);

    private async Task Run()
    {
        var program = Repository.BuiltAssembly("Dashboard");
        if (!File.Exists(program))
        {
            throw new FileNotFoundException($"Build src/Dashboard in configuration {Repository.Configuration} first", program);
        }

        var clock = Stopwatch.StartNew();
        var run = Tool.Start("dotnet", Path.GetDirectoryName(program)!,
            [program, .. Ports.AsOptions(), $"--Broker:DataDirectory={DataDirectory}", .. _options]);
        _runs.Add(run);

        await Eventually.Holds(
            async () => run.HasExited || await AllPortsAreOpen(), () => $"the Dashboard listens on {Ports}. {run}", TimeToStart);
        if (run.HasExited)
        {
            await run.WaitForExit();
            throw new InvalidOperationException($"The Dashboard ended at its start. {run}");
        }

        StartTook = clock.Elapsed;
    }

    private async Task<bool> AllPortsAreOpen()
    {
        foreach (var port in Ports.All)
        {
            if (!await FreePort.IsOpen(port))
            {
                return false;
            }
        }

        return true;
    }
}
