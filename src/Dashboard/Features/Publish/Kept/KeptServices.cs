using Dashboard.Broker;
using Dashboard.Features.Publish.Repeating;
using Dashboard.Features.Publish.Saved;
using Dashboard.Hosting;
using Dashboard.Shared.Held;

namespace Dashboard.Features.Publish.Kept;

internal static class KeptServices
{
    /// <summary>What the Publish page keeps on the server: saved messages and repeating publishers, and the loop that sends those.</summary>
    public static void AddPublishing(this IServiceCollection services)
    {
        services.AddScoped<PublishDesk>();
        services.AddSingleton<ApiTally>();
        services.AddSingleton(provider => new SavedMessages(File<SavedMessage>(provider, "saved-messages.json", message => message.IsWhole), provider.GetRequiredService<DashboardOptions>().MaxSavedMessages));
        services.AddSingleton<IHoldsMemory>(provider => provider.GetRequiredService<SavedMessages>());
        services.AddSingleton(provider => new RepeatingPublishers(
            File<RepeatingPublisher>(provider, "repeating-publishers.json", publisher => publisher.IsWhole),
            provider.GetRequiredService<MqttBroker>(),
            provider.GetRequiredService<DashboardOptions>().MaxRepeatingPublishers,
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<RepeatingLoop>();
    }

    private static KeptFile<List<T>> File<T>(IServiceProvider provider, string name, Func<T, bool> isWhole)
    {
        var keeps = provider.GetRequiredService<MqttBroker>().Options.Storage != StorageKind.Memory;
        var folder = provider.GetRequiredService<DashboardOptions>().DataDirectory;
        return new KeptFile<List<T>>(keeps ? Path.Combine(folder, name) : null, list => list.All(isWhole), provider.GetRequiredService<ILogger<KeptFile<List<T>>>>());
    }
}
