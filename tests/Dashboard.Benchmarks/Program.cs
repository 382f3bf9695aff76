using Dashboard.Benchmarks;
using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Micro;
using Dashboard.Benchmarks.Pages;
using Dashboard.Benchmarks.Reports;
using Dashboard.Benchmarks.Tour;

var arguments = new Arguments(args);
var command = args is [] or [.., "--help"] ? "" : arguments.Command;
string[] options = command switch
{
    "broker" => ["quick", "runs", "seconds", "rows", "soak", "load", "mqload", "readme"],
    "pages" => ["viewers", "chromium", "seconds"],
    "lists" => ["topics"],
    QuietAudience.Command => ["port", "filters"],
    "tour" => ["wait", "only", "all", "kinds", "looks"],
    "chart" => ["from"],
    _ => ["help"],
};
if (command != "micro" && arguments.OtherThan(options) is { } unknown)
{
    Console.Error.WriteLine($"{unknown} is no option of '{command}'; --help tells them");
    return 1;
}

switch (command)
{
    case "broker":
        return await BrokerBenchmark.Run(arguments);
    case "micro":
        return MicroBenchmarks.Run(args[1..]);
    case "pages":
        return await PagesBenchmark.Run(arguments);
    case QuietAudience.Command: // started by this program itself
        return QuietAudience.Run(arguments);
    case "lists":
        return await LongLists.Run(arguments);
    case "tour":
        return await TourPictures.Run(arguments);
    case "chart":
        ReadmeSection.Replace(ResultFiles.Read(arguments.Text("from")));
        Console.WriteLine($"Written: README.md, {ReadmeSection.Picture}");
        return 0;
    default:
        Console.WriteLine("""
            dotnet run -c Release --project tests/Dashboard.Benchmarks -- COMMAND

              broker    our broker beside Mosquitto and NATS, where installed
                --quick            one short run of each row
                --runs N           runs of each row on each broker (3)
                --seconds S        how long one run measures (1; the curves half of it)
                --rows NAME,…      only these
                --soak TIME        only memory under minutes of saturated load, such as 10m or 90s; told every minute
                --load mqload --mqload PATH    another load client, to compare with
                --readme           writes table and picture into the README
              micro     BenchmarkDotNet on the pieces of a message's way; takes its options, such as --filter '*Codec*'
              pages     how late values are on a page, and what viewers cost, with circuits at the real endpoint
                --viewers N        pages that are open (50)
                --chromium         as tabs of Chromium, on the same processors
                --seconds S        how long each regime is watched (10)
              lists     how long a person waits at pages with very many rows, in Chromium
                --topics N         topics with a retained message each (100000)
              tour      takes the pictures of the README's tour, with a simulated course
                --wait TIME        how long the course goes on before the first one (3m)
                --only NAME,…      only these
                --all              each page on both screens and in both colours, with traffic and without, into artifacts/pictures
                --kinds, --looks   only empty or traffic; only desktop-light, desktop-dark, phone-light or phone-dark
              chart     writes table and picture into the README again
                --from FILE        from this JSON (the latest)
            """);
        return command == "" ? 0 : 1;
}
