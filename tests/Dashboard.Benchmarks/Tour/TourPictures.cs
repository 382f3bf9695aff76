using Dashboard.Benchmarks.Peers;
using Dashboard.Browser.Tests;

namespace Dashboard.Benchmarks.Tour;

/// <summary>The pictures of the README's tour, and of every page in every look, from the real program with a simulated course.</summary>
internal static class TourPictures
{
    public const string Folder = "docs/tour";

    public static async Task<int> Run(Arguments arguments)
    {
        var only = arguments.List("only");
        await using var chromium = await Chromium.Launch();
        if (arguments.Has("all"))
        {
            var looks = Look.All.Where(look => arguments.List("looks") is not { Count: > 0 } chosen || chosen.Contains(look.Name)).ToArray();
            var folder = Repository.Artifacts("pictures");
            await TakeAll("empty", Scenes.Empty, withTraffic: false);
            await TakeAll("traffic", Scenes.Everywhere, withTraffic: true);
            Console.WriteLine($"Written: {Path.GetRelativePath(Repository.Root, folder)}");
            return 0;

            async Task TakeAll(string kind, IReadOnlyList<Scene> scenes, bool withTraffic)
            {
                scenes = [.. scenes.Where(IsWanted)];
                if (scenes.Count == 0 || arguments.List("kinds") is { Count: > 0 } kinds && !kinds.Contains(kind))
                {
                    return;
                }

                await using var broker = await DashboardPeer.StartOnDisk();
                await using var room = withTraffic ? await Classroom.Open(broker.TcpPort) : null;
                await Settle(room, arguments.Time("wait", TimeSpan.FromSeconds(20)));
                var photographer = new Photographer(chromium.Browser, broker.Address, folder);
                foreach (var scene in scenes)
                {
                    foreach (var look in looks)
                    {
                        await Say(() => photographer.Take(scene, look, $"{scene.Name}-{kind}-{look.Name}"), $"{scene.Name} {look.Name}");
                    }
                }
            }
        }

        var tour = Directory.CreateDirectory(Path.Combine(Repository.Root, Folder)).FullName;
        await using var peer = await DashboardPeer.StartOnDisk();
        await using var classroom = await Classroom.Open(peer.TcpPort);
        await Settle(classroom, arguments.Time("wait", TimeSpan.FromMinutes(3)));
        var pictures = new Photographer(chromium.Browser, peer.Address, tour);
        foreach (var (scene, look) in Scenes.Tour.Where(stop => IsWanted(stop.Scene)))
        {
            await Say(() => pictures.Take(scene, look), scene.Name);
        }

        return 0;

        bool IsWanted(Scene scene) => only.Count == 0 || only.Contains(scene.Name);
    }

    /// <summary>Curves and queues need a past.</summary>
    private static async Task Settle(Classroom? room, TimeSpan time)
    {
        if (room is not null)
        {
            Console.WriteLine($"The course goes on for {time.TotalSeconds:0} s before the first picture");
            await Task.Delay(time);
        }
    }

    private static async Task Say(Func<Task<string>> take, string what)
    {
        try
        {
            var file = await take();
            Console.WriteLine($"{Path.GetRelativePath(Repository.Root, file)}  {new FileInfo(file).Length / 1024} kB");
        }
        catch (Exception missed) when (missed is PlaywrightException or TimeoutException)
        {
            Console.WriteLine($"{what}: {missed.Message.Split('\n')[0]}");
        }
    }
}
