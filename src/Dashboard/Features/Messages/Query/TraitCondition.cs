using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Messages.Query;

/// <summary>Something that is asked of a message on its way; it must cost next to nothing.</summary>
internal abstract class TraitCondition
{
    public abstract bool Holds(in MessageTraits message);

    /// <summary>by:pi-07, by:pi-*; "broker" is also the broker itself.</summary>
    public sealed class By(string pattern) : TraitCondition
    {
        private readonly string[] _parts = pattern.Split('*');

        public override bool Holds(in MessageTraits message) => Matches(message.Publisher ?? "broker");

        private bool Matches(string id)
        {
            if (_parts.Length == 1)
            {
                return id == _parts[0];
            }

            if (!id.StartsWith(_parts[0], StringComparison.Ordinal))
            {
                return false;
            }

            var rest = id.AsSpan(_parts[0].Length);
            foreach (var part in _parts.AsSpan(1..^1))
            {
                var at = rest.IndexOf(part, StringComparison.Ordinal);
                if (at < 0)
                {
                    return false;
                }

                rest = rest[(at + part.Length)..];
            }

            return rest.EndsWith(_parts[^1], StringComparison.Ordinal);
        }
    }

    public sealed class QoS(Comparison comparison) : TraitCondition
    {
        public override bool Holds(in MessageTraits message) => comparison.Holds((int)message.QoS);
    }

    public sealed class Size(Comparison comparison) : TraitCondition
    {
        public override bool Holds(in MessageTraits message) => comparison.Holds(message.Size);
    }

    public sealed class Retained : TraitCondition
    {
        public override bool Holds(in MessageTraits message) => message.Retain;
    }

    public sealed class Refused : TraitCondition
    {
        public override bool Holds(in MessageTraits message) => message.IsRefused;
    }

    public sealed class Not(TraitCondition condition) : TraitCondition
    {
        public override bool Holds(in MessageTraits message) => !condition.Holds(message);
    }

    public sealed class AnyOf(IReadOnlyList<TraitCondition> conditions) : TraitCondition
    {
        public override bool Holds(in MessageTraits message)
        {
            foreach (var condition in conditions)
            {
                if (condition.Holds(message))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
