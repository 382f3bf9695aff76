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

    public bool Holds(double value) => Number is { } number && Meets(value.CompareTo(number));

    public bool Holds(string value) => ParseNumber(value) is { } number && Number is not null
        ? HoldsInFull(value) ?? Holds(number)
        : Operator switch
        {
            Operator.Equal => value == Text,
            Operator.NotEqual => value != Text,
            _ => false,
        };

    /// <summary>Whole numbers of up to 128 bits, of which the last digits count: ids are such. Null for other numbers.</summary>
    private bool? HoldsInFull(string value) =>
        Int128.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && Int128.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var asked)
            ? Meets(whole.CompareTo(asked))
            : null;

    /// <param name="order">Below 0 when the value is less than what is asked for, 0 when they are equal.</param>
    private bool Meets(int order) => Operator switch
    {
        Operator.Equal => order == 0,
        Operator.NotEqual => order != 0,
        Operator.Less => order < 0,
        Operator.LessOrEqual => order <= 0,
        Operator.Greater => order > 0,
        _ => order >= 0,
    };

    /// <summary>Null for what is no number, or one that is too large to be told from infinity, such as 1e999.</summary>
    public static double? ParseNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
