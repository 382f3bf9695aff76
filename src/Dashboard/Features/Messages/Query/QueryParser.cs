using System.Text.RegularExpressions;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared;

namespace Dashboard.Features.Messages.Query;

/// <summary>Takes a query word by word and builds the filter of a stream from it.</summary>
internal sealed partial class QueryParser
{
    private static readonly Dictionary<string, Operator> Operators = new()
    {
        [":"] = Operator.Equal,
        ["="] = Operator.Equal,
        ["!="] = Operator.NotEqual,
        ["<"] = Operator.Less,
        ["<="] = Operator.LessOrEqual,
        [">"] = Operator.Greater,
        [">="] = Operator.GreaterOrEqual,
    };

    private static readonly string[] Keys = ["topic", "by", "qos", "size", "value"];

    private readonly List<string> _topics = [];
    private readonly List<string> _notTopics = [];
    private readonly List<TraitCondition> _publishers = [];
    private readonly List<TraitCondition> _qos = [];
    private readonly List<TraitCondition> _traits = [];
    private readonly List<ContentCondition> _content = [];
    private bool _isOfRefused;

    /// <returns>What is wrong with the word; null when it was understood.</returns>
    public QueryError? Add(QueryToken token)
    {
        var isNot = token.Text.Length > 1 && token.Text[0] == '-';
        var word = isNot ? token with { Start = token.Start + 1, Text = token.Text[1..] } : token;
        if (word.Text[0] == '"')
        {
            return QueryToken.TryUnquote(word.Text, out var text) && text.Length > 0
                ? Add(new ContentCondition.Contains(text), isNot)
                : Wrong(word, Texts.Messages_QueryQuote);
        }

        switch (word.Text)
        {
            case "retained":
                return Add(new TraitCondition.Retained(), isNot);
            case "refused":
                _isOfRefused |= !isNot;
                return Add(new TraitCondition.Refused(), isNot);
        }

        if (Operators.ContainsKey(word.Text))
        {
            return Wrong(word, Texts.Messages_QueryBlank.With(word.Text));
        }

        var condition = Condition().Match(word.Text);
        if (condition.Success)
        {
            return Add(word, condition, isNot);
        }

        return IsJson(word.Text) && !word.Text.Contains('/')
            ? AddJson(word, word.Text, comparison: null, isNot)
            : AddTopic(word, word.Text, isNot);
    }

    public MessageQuery Build()
    {
        AddAlternatives(_publishers);
        AddAlternatives(_qos);
        return new MessageQuery(new StreamFilter(_topics.Count > 0 ? _topics : _isOfRefused ? MessageQuery.EverythingRefused : [MessageQuery.Everything])
        {
            NotTopics = _notTopics,
            Traits = _traits.Count == 0 ? null : HoldAll([.. _traits]),
            Content = _content.Count == 0 ? null : HoldAll([.. _content]),
        });
    }

    private static Func<MessageTraits, bool> HoldAll(TraitCondition[] conditions) => message =>
    {
        foreach (var condition in conditions)
        {
            if (!condition.Holds(message))
            {
                return false;
            }
        }

        return true;
    };

    private static Func<MessageRecord, bool> HoldAll(ContentCondition[] conditions) => message => Array.TrueForAll(conditions, condition => condition.Holds(message.Payload));

    private void AddAlternatives(List<TraitCondition> conditions)
    {
        if (conditions.Count > 0)
        {
            _traits.Add(conditions is [var only] ? only : new TraitCondition.AnyOf([.. conditions]));
        }
    }

    private QueryError? Add(QueryToken word, Match condition, bool isNot)
    {
        var key = condition.Groups["key"].Value;
        var op = Operators[condition.Groups["op"].Value];
        var typed = condition.Groups["value"];
        var place = new QueryToken(word.Start + typed.Index, typed.Value);
        if (!QueryToken.TryUnquote(typed.Value, out var value))
        {
            return Wrong(place, Texts.Messages_QueryQuote);
        }

        if (value.Length == 0 && IsKnown(key))
        {
            return Wrong(word, Texts.Messages_QueryNoValue.With(word.Text));
        }

        switch (key)
        {
            case "topic" when op == Operator.Equal:
                return AddTopic(place, value, isNot);
            case "by" when op is Operator.Equal or Operator.NotEqual:
                return AddAlternative(_publishers, new TraitCondition.By(value), isNot != (op == Operator.NotEqual));
            case "by" or "topic":
                return Wrong(word, Texts.Messages_QueryNoOrder.With(key));
            case "retained" or "refused":
                return Wrong(word, Texts.Messages_QueryAlone.With(key));
            case "qos":
                return value is "0" or "1" or "2"
                    ? AddQoS(Comparison.Of(op, value), isNot)
                    : Wrong(place, Texts.Messages_QueryQoS);
            case "size":
                return Bytes(value) is { } bytes
                    ? Add(new TraitCondition.Size(new Comparison(op, value, bytes)), isNot)
                    : Wrong(place, Texts.Messages_QuerySize.With(value));
            case "value":
                return Compared(op, value) is { } comparison ? Add(new ContentCondition.Value(comparison), isNot) : Wrong(place, Texts.Messages_QueryNumber.With(value));
            case var _ when IsJson(key):
                return Compared(op, value) is { } compared ? AddJson(word, key, compared, isNot) : Wrong(place, Texts.Messages_QueryNumber.With(value));
            default:
                return IsTopic(word.Text) ? AddTopic(word, word.Text, isNot) : Unknown(word, key);
        }
    }

    private QueryError? AddJson(QueryToken word, string key, Comparison? comparison, bool isNot) => JsonPath.TryParse(key["json".Length..].TrimStart('.'), out var path)
        ? Add(new ContentCondition.Json(path, comparison), isNot)
        : Wrong(word, Texts.Messages_QueryPath);

    private QueryError? AddTopic(QueryToken word, string filter, bool isNot)
    {
        if (FilterProblem.InWords(filter) is { } problem)
        {
            return Wrong(word, problem);
        }

        (isNot ? _notTopics : _topics).Add(filter);
        return null;
    }

    private QueryError? AddQoS(Comparison comparison, bool isNot) =>
        comparison.Operator == Operator.Equal ? AddAlternative(_qos, new TraitCondition.QoS(comparison), isNot) : Add(new TraitCondition.QoS(comparison), isNot);

    private QueryError? AddAlternative(List<TraitCondition> alternatives, TraitCondition condition, bool isNot)
    {
        if (isNot)
        {
            return Add(condition, isNot);
        }

        alternatives.Add(condition);
        return null;
    }

    private QueryError? Add(TraitCondition condition, bool isNot)
    {
        _traits.Add(isNot ? new TraitCondition.Not(condition) : condition);
        return null;
    }

    private QueryError? Add(ContentCondition condition, bool isNot)
    {
        _content.Add(isNot ? new ContentCondition.Not(condition) : condition);
        return null;
    }

    /// <summary>Null when an order is asked of what is no number.</summary>
    private static Comparison? Compared(Operator op, string value) =>
        Comparison.Of(op, value) is var comparison && comparison.IsOrder && comparison.Number is null ? null : comparison;

    /// <summary>1500, 1.5k, 2M; null for anything else.</summary>
    private static double? Bytes(string text)
    {
        var size = SizeText().Match(text);
        return size.Success && Comparison.ParseNumber(size.Groups["number"].Value) is { } number
            ? number * size.Groups["unit"].Value.ToUpperInvariant() switch { "K" => 1e3, "M" => 1e6, "G" => 1e9, _ => 1 }
            : null;
    }

    private static bool IsKnown(string key) => Keys.Contains(key) || IsJson(key);

    private static bool IsJson(string word) => word.StartsWith("json.", StringComparison.Ordinal) || word.StartsWith("json[", StringComparison.Ordinal);

    /// <summary>Topics may have colons and the like; a word without a slash or wildcard that looks like a condition is more likely a slip.</summary>
    private static bool IsTopic(string word) => word.AsSpan().ContainsAny('/', '+', '#');

    private static QueryError Unknown(QueryToken word, string key)
    {
        var near = Keys.FirstOrDefault(known => known.Length == key.Length && known.Order().SequenceEqual(key.ToLowerInvariant().Order()));
        return Wrong(word, near is null ? Texts.Messages_QueryUnknown.With(key, word.Text) : Texts.Messages_QueryUnknownNear.With(key, near, word.Text));
    }

    private static QueryError Wrong(QueryToken word, string message) => new(message, word.Start, Math.Max(1, word.Text.Length));

    [GeneratedRegex("""^(?<key>json[.[][^:=<>!"\s/]+|[A-Za-z]+)(?<op>!=|<=|>=|[:=<>])(?<value>.*)$""", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex("^(?<number>[0-9]+(\\.[0-9]+)?)(?<unit>[kKmMgG]?)[bB]?$", RegexOptions.CultureInvariant)]
    private static partial Regex SizeText();
}
