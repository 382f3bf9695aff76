using System.Diagnostics;

namespace Dashboard.Testing;

/// <summary>A real file system of 2 MB, which can be filled and emptied. Needs root, as the test run has it.</summary>
public sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<bool> ItCanBeMounted = new(() =>
    {
        using var disk = TryMount();
        return disk is not null;
    });

    private SmallDisk()
    {
    }

    public static bool CanBeMounted => ItCanBeMounted.Value;

    public string Folder { get; } = Directory.CreateTempSubdirectory("small-disk").FullName;

    private string Filler => Path.Combine(Folder, "filler");

    /// <summary>Null where this user may not mount one.</summary>
    public static SmallDisk? TryMount()
    {
        var disk = new SmallDisk();
        if (Environment.IsPrivilegedProcess && OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.Folder))
        {
            return disk;
        }

        Directory.Delete(disk.Folder);
        return null;
    }

    public void Fill()
    {
        using var file = File.Create(Filler, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, as it should be.
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    /// <summary>Also when a test that failed midway still has a broker there: lazily, so that nothing stays mounted.</summary>
    public void Dispose()
    {
        Run("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
