using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics;

/// <summary>One visible row of the tree.</summary>
/// <param name="Level">1 for the first level.</param>
/// <param name="Position">1 for the first of its siblings.</param>
/// <param name="Siblings">How many they are, itself included.</param>
/// <param name="IsExpanded">Null when nothing is below.</param>
/// <param name="IsMatch">The search finds this topic itself.</param>
/// <param name="Below">Topics below that the search finds.</param>
public readonly record struct TopicRow(TopicNode Node, int Level, int Position, int Siblings, bool? IsExpanded, bool IsMatch, int Below)
{
    /// <summary>Unlike the path, also different from the root's for an empty first level.</summary>
    public string Key => $"{Level}:{Node.Path}";
}
