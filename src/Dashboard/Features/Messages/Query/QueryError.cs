namespace Dashboard.Features.Messages.Query;

/// <summary>What is wrong with a query, and where.</summary>
/// <param name="Message">A sentence that says what to write instead.</param>
public sealed record QueryError(string Message, int Start, int Length);
