namespace Dashboard.Broker.Routing;

/// <summary>One level of the subscription tree. It is only touched under the lock of <see cref="SubscriptionIndex"/>.</summary>
internal sealed class SubscriptionNode
{
    /// <summary>Subscriptions whose filter ends here.</summary>
    public SubscriptionSet Exact { get; } = new();

    /// <summary>Subscriptions whose filter ends with <c>#</c> below this level; they match this level too.</summary>
    public SubscriptionSet Hash { get; } = new();

    public Dictionary<string, SubscriptionNode>? Children { get; private set; }

    /// <summary>The child for the level <c>+</c>.</summary>
    public SubscriptionNode? Plus { get; private set; }

    public bool IsEmpty => Exact.IsEmpty && Hash.IsEmpty && Plus is null && Children is not { Count: > 0 };

    /// <summary>A level is compared character by character; nothing is normalised [MQTT-4.7.3-4].</summary>
    public SubscriptionNode? Child(ReadOnlySpan<char> level) =>
        level is "+" ? Plus : Children?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) == true ? child : null;

    public SubscriptionNode AddChild(ReadOnlySpan<char> level)
    {
        if (level is "+")
        {
            return Plus ??= new SubscriptionNode();
        }

        var children = (Children ??= []).GetAlternateLookup<ReadOnlySpan<char>>();
        if (!children.TryGetValue(level, out var child))
        {
            children[level] = child = new SubscriptionNode();
        }

        return child;
    }

    public void RemoveChild(ReadOnlySpan<char> level)
    {
        if (level is "+")
        {
            Plus = null;
        }
        else
        {
            Children?.GetAlternateLookup<ReadOnlySpan<char>>().Remove(level);
        }
    }
}

/// <summary>The subscriptions at one place of the tree: plain ones by subscriber, shared ones by group.</summary>
internal sealed class SubscriptionSet
{
    private Dictionary<ISubscriber, Subscription>? _plain;
    private Dictionary<string, SharedGroup>? _groups;

    public bool IsEmpty => _plain is not { Count: > 0 } && _groups is not { Count: > 0 };

    /// <returns>True when the subscriber had none here.</returns>
    public bool Set(string? group, string filter, Subscription subscription)
    {
        if (group is null)
        {
            _plain ??= [];
            var isNew = !_plain.ContainsKey(subscription.Subscriber);
            _plain[subscription.Subscriber] = subscription;
            return isNew;
        }

        _groups ??= [];
        if (!_groups.TryGetValue(group, out var shared))
        {
            _groups[group] = shared = new SharedGroup(group, filter);
        }

        return shared.Set(subscription);
    }

    /// <returns>True when the subscriber had one here.</returns>
    public bool Remove(string? group, ISubscriber subscriber)
    {
        if (group is null)
        {
            return _plain?.Remove(subscriber) == true;
        }

        if (_groups is null || !_groups.TryGetValue(group, out var shared) || !shared.Remove(subscriber))
        {
            return false;
        }

        if (shared.Members.Count == 0)
        {
            _groups.Remove(group);
        }

        return true;
    }

    public SharedGroup? Group(string name) => _groups?.GetValueOrDefault(name);

    public void CollectInto(RouteBuilder builder)
    {
        if (_plain is not null)
        {
            foreach (var subscription in _plain.Values)
            {
                builder.Add(subscription);
            }
        }

        if (_groups is not null)
        {
            foreach (var group in _groups.Values)
            {
                builder.Add(group);
            }
        }
    }
}
