using Dashboard.Shared;

namespace Dashboard.Features.Topics;

/// <summary>Where a topic leads on other pages.</summary>
internal static class TopicLinks
{
    public static string Publish(string topic) => $"publish?topic={Uri.EscapeDataString(topic)}";

    /// <param name="hasMoreBelow">Other topics lie below it, and are watched too.</param>
    public static string Watch(string topic, bool hasMoreBelow) => $"messages?filter={Uri.EscapeDataString(TopicQuery.For(hasMoreBelow ? topic + "/#" : topic))}";
}
