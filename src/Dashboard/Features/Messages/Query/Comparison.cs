using System.Globalization;

namespace Dashboard.Features.Messages.Query;

internal enum Operator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>An operator and what stands behind it; compares numbers as numbers and all else as text.</summary>
internal sealed record Comparison(Operator Operator, string Text, double? Number)
{
    public static Comparison Of(Operator op, string text) => new(op, text, ParseNumber(text));

    public bool IsOrder => Operator is not (Operator.Equal or Operator.NotEqual);

    public bool Holds(double value) => Number is { } number && Operator switch
    {
        Operator.Equal => value == number,
        Operator.NotEqual => value != number,
        Operator.Less => value < number,
        Operator.LessOrEqual => value <= number,
        Operator.Greater => value > number,
        _ => value >= number,
    };

    public bool Holds(string value) => ParseNumber(value) is { } number && Number is not null
        ? Holds(number)
        : Operator switch
        {
            Operator.Equal => value == Text,
            Operator.NotEqual => value != Text,
            _ => false,
        };

    /// <summary>Null for what is no number, or one that is too large to be told from infinity, such as 1e999.</summary>
    public static double? ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
