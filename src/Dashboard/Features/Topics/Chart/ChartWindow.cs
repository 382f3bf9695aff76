namespace Dashboard.Features.Topics.Chart;

/// <summary>The stretch of time that a chart shows: all there is, or a length of it that follows the clock until it is moved.</summary>
internal sealed class ChartWindow
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private DateTimeOffset? _end;

    /// <summary>Null for all there is.</summary>
    public TimeSpan? Length { get; private set; }

    /// <summary>It was moved away from now.</summary>
    public bool IsMoved => _end is not null;

    public void Show(TimeSpan? length) => (Length, _end) = (length, null);

    public (DateTimeOffset From, DateTimeOffset To) Range(DateTimeOffset first, DateTimeOffset last, DateTimeOffset now)
    {
        if (Length is { } length)
        {
            var to = _end ?? now;
            return (to - length, to);
        }

        return last - first < Shortest ? (last - Shortest, last) : (first, last);
    }

    /// <summary>Moves it by a part of its length, not beyond what there is.</summary>
    public void Pan(double part, DateTimeOffset first, DateTimeOffset last, DateTimeOffset now)
    {
        var (from, to) = Range(first, last, now);
        Length = to - from;
        var end = to + (Length.Value * part);
        end = end < first ? first : end;
        _end = end >= now ? null : end;
    }

    /// <summary>Makes it longer or shorter around its middle.</summary>
    public void Zoom(double factor, DateTimeOffset first, DateTimeOffset last, DateTimeOffset now)
    {
        var (from, to) = Range(first, last, now);
        var length = (to - from) * factor;
        Length = length < Shortest ? Shortest : length > TimeSpan.FromDays(30) ? TimeSpan.FromDays(30) : length;
        var end = IsMoved ? from + ((to - from) / 2) + (Length.Value / 2) : to;
        _end = end >= now ? null : end;
    }
}
