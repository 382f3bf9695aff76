using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Dashboard.Testing;

/// <summary>A program that a test runs: its lines as they come, its exit code, and its end with the test.</summary>
public sealed class Tool : IAsyncDisposable
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    private readonly Process _process;
    private readonly string _name;
    private readonly OutputLines _output = new();
    private readonly OutputLines _errors = new();

    private Tool(ProcessStartInfo start)
    {
        _name = Path.GetFileName(start.FileName) + " " + string.Join(' ', start.ArgumentList);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _errors.Add(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to its standard output so far.</summary>
    public IReadOnlyList<string> Lines => _output.Snapshot();

    /// <summary>What it wrote to its standard error so far.</summary>
    public IReadOnlyList<string> Errors => _errors.Snapshot();

    public bool HasExited => _process.HasExited;

    /// <summary>Bytes of memory that it holds now.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    public int ProcessId => _process.Id;

    public static Tool Start(string program, params IEnumerable<string> arguments) =>
        Start(program, Path.GetTempPath(), arguments);

    public static Tool Start(string program, string workingDirectory, IEnumerable<string> arguments) =>
        new(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });

    /// <summary>Runs a program to its end and returns it for its lines; fails when its exit code is not 0.</summary>
    public static async Task<Tool> Run(string program, params IEnumerable<string> arguments)
    {
        await using var tool = Start(program, arguments);
        var exitCode = await tool.WaitForExit();
        return exitCode == 0 ? tool : throw new InvalidOperationException($"Exit code {exitCode}. {tool}");
    }

    /// <summary>The first line, also of the past, that fulfils a condition.</summary>
    public async Task<string> WaitForLine(Func<string, bool> condition, string what)
    {
        await Eventually.Holds(() => Lines.Any(condition) || HasExited, () => $"{what}. {this}");
        if (!Lines.Any(condition))
        {
            await WaitForExit();
        }

        return Lines.FirstOrDefault(condition) ?? throw new InvalidOperationException($"It ended without {what}. {this}");
    }

    public Task<string> WaitForLine(string text) =>
        WaitForLine(line => line.Contains(text, StringComparison.Ordinal), $"a line with \"{text}\"");

    /// <summary>Waits for the program's own end, with all its output read, and returns the exit code.</summary>
    public async Task<int> WaitForExit(TimeSpan? within = null)
    {
        using var patience = new CancellationTokenSource(within ?? Eventually.Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It did not end. {this}");
        }

        return _process.ExitCode;
    }

    /// <summary>As <c>kill -9</c>: the program has no chance to say goodbye.</summary>
    public void Kill() => Signal(SigKill);

    /// <summary>As <c>kill</c>: asks the program to end.</summary>
    public void Terminate() => Signal(SigTerm);

    public async ValueTask DisposeAsync()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    public override string ToString() =>
        $"{_name}\n{string.Join('\n', Lines.TakeLast(40))}\n{string.Join('\n', Errors.TakeLast(40))}";

    private void Signal(int signal)
    {
        // The system may give the number of an ended process to another one.
        if (!_process.HasExited)
        {
            _ = SendSignal(_process.Id, signal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
