namespace Dashboard.Features.Topics;

/// <summary>What the topics of one level are ordered by; all but the name from large to small, so that age begins with what came last.</summary>
public enum TopicSort
{
    Name,
    Rate,
    Age,
    Count,
    Size,

    /// <summary>What has not come for the longest time first.</summary>
    Silence,
}
