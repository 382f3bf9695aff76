namespace Dashboard.Broker.Tests.Storage;

/// <summary>A test on a <see cref="SmallDisk"/>; where none can be mounted it is skipped, and the run says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.CanBeMounted ? null : "no file system can be mounted here; it needs root on Linux";
}
