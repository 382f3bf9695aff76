namespace Dashboard.Features.Topics.Comparison;

internal enum Change
{
    None,
    Added,
    Removed,
}
