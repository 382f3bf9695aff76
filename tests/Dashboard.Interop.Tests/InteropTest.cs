namespace Dashboard.Interop.Tests;

/// <summary>A test that runs programs against the broker, ends them with itself, and fails when the broker logged an error.</summary>
public abstract class InteropTest(BrokerUnderTest broker) : IClassFixture<BrokerUnderTest>, IAsyncLifetime
{
    // Debian's python3-paho-mqtt belongs to Debian's Python; the first python3 on the path may be another one.
    private const string Python = "/usr/bin/python3";

    private static readonly string Here = Path.Combine(Repository.Root, "tests", "Dashboard.Interop.Tests");
    private static int _topics;

    private readonly List<Tool> _started = [];

    protected BrokerUnderTest Broker => broker;

    /// <summary>A topic that no other test uses.</summary>
    protected string Topic { get; } = $"interop/{Interlocked.Increment(ref _topics)}";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var tool in _started)
        {
            await tool.DisposeAsync();
        }

        broker.AssertNoErrorLogged();
    }

    /// <summary>Runs <c>mosquitto_pub</c> to its end.</summary>
    protected Task Publish(params IEnumerable<string> arguments) => Tool.Run("mosquitto_pub", [.. HostAndPort, .. arguments]);

    /// <summary>
    /// Starts <c>mosquitto_sub</c> and returns when its subscription is granted. Each message is a line
    /// "received TOPIC q=QOS r=RETAIN PAYLOAD", unless the arguments say another format.
    /// </summary>
    protected async Task<Tool> Subscribe(params IEnumerable<string> arguments)
    {
        string[] format = arguments.Contains("-F") ? [] : ["-F", "received %t q=%q r=%r %p"];
        // Without stdbuf its debug lines, "Subscribed" among them, stay in a buffer until the first message.
        var subscriber = Start("stdbuf", ["-oL", "mosquitto_sub", .. HostAndPort, "-d", .. format, .. arguments]);
        await subscriber.WaitForLine("Subscribed (mid: 1)");
        return subscriber;
    }

    /// <summary>Starts a program of <c>programs/</c> that wants host and port first.</summary>
    protected Tool StartPython(string program, params IEnumerable<string> arguments) =>
        Start(Python, ["-u", Program(program), "127.0.0.1", $"{broker.TcpPort}", .. arguments]);

    /// <summary>Starts a program of <c>programs/</c> that wants an address such as ws://… first.</summary>
    protected Tool StartPython(string program, Door door, params IEnumerable<string> arguments) =>
        Start(Python, ["-u", Program(program), broker.Address(door), .. arguments]);

    /// <summary>Runs a program of <c>programs/</c> to its end and returns its lines.</summary>
    protected async Task<IReadOnlyList<string>> RunPython(string program, Door door, params IEnumerable<string> arguments) =>
        (await Tool.Run(Python, ["-u", Program(program), broker.Address(door), .. arguments])).Lines;

    /// <summary>Runs a program of <c>node/</c> to its end and returns its lines.</summary>
    protected async Task<IReadOnlyList<string>> RunNode(string program, Door door, params IEnumerable<string> arguments) =>
        (await Tool.Run("node", [Path.Combine(Here, "node", program), broker.Address(door), .. arguments])).Lines;

    protected Tool Start(string program, params IEnumerable<string> arguments)
    {
        var tool = Tool.Start(program, arguments);
        _started.Add(tool);
        return tool;
    }

    protected static string Program(string name) => Path.Combine(Here, "programs", name);

    /// <summary>The messages among the lines of <see cref="Subscribe"/>, without the word "received".</summary>
    protected static string[] Received(Tool subscriber) =>
        [.. subscriber.Lines.Where(line => line.StartsWith("received ", StringComparison.Ordinal)).Select(line => line["received ".Length..])];

    private string[] HostAndPort => ["-h", "127.0.0.1", "-p", $"{broker.TcpPort}"];
}
