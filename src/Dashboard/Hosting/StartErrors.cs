using Dashboard.Broker;

namespace Dashboard.Hosting;

internal static class StartErrors
{
    public const int ExitCode = 2;

    /// <summary>Says in words why the program does not start, and how settings are given.</summary>
    public static int Print(IReadOnlyList<string> errors)
    {
        Console.Error.WriteLine("MQTT Dashboard did not start. Please mend:");
        foreach (var error in errors)
        {
            Console.Error.WriteLine($"  - {error}");
        }

        Console.Error.WriteLine("A setting is given in appsettings.json, as an environment variable (Dashboard__Port=8080) or as an argument (--Dashboard:Port=8080).");
        return ExitCode;
    }

    /// <summary>Opens what the broker keeps, which may be in use or unreadable, and says so in words.</summary>
    public static bool TryOpenStore(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<MqttBroker>();
            return true;
        }
        catch (BrokerStartException exception)
        {
            Print([exception.Message]);
            return false;
        }
    }
}
