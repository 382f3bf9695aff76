namespace Dashboard.Broker.Access;

/// <summary>The methods of enhanced authentication that the program brought along.</summary>
internal sealed class AuthenticationMethods(IEnumerable<IEnhancedAuthentication> methods)
{
    private readonly Dictionary<string, IEnhancedAuthentication> _methods = methods.ToDictionary(method => method.Method, StringComparer.Ordinal);

    public bool IsEmpty => _methods.Count == 0;

    public IEnhancedAuthentication? Find(string method) => _methods.GetValueOrDefault(method);
}
