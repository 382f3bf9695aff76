namespace Dashboard.Benchmarks.Tour;

/// <summary>One picture: where it is, and what is done there before it is taken.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Address">Of the page, without the slash at its beginning.</param>
/// <param name="Prepare">What a person would do; runs after the page came alive.</param>
internal sealed record Scene(string Name, string Address, Func<IPage, Task> Prepare)
{
    public static Scene Of(string name, string address) => new(name, address, _ => Task.CompletedTask);
}
