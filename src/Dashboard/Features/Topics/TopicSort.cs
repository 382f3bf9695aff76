namespace Dashboard.Features.Topics;

/// <summary>What the topics of one level are ordered by; all but the name from large to small.</summary>
public enum TopicSort
{
    Name,
    Rate,
    Age,
    Count,
    Size,
}
