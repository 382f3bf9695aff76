namespace Dashboard.Browser.Tests;

/// <summary>What a page reports to the developer: errors of its scripts, of the console, and requests that failed.</summary>
internal sealed class Complaints
{
    private readonly Lock _lock = new();
    private readonly List<string> _texts = [];
    private readonly List<string> _expected = [];

    public void Listen(IPage page)
    {
        page.PageError += (_, error) => Add("page error: " + error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                Add("console: " + message.Text);
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                Add($"{response.Status} {response.Url}");
            }
        };
    }

    /// <summary>From now on, complaints with this text are part of what the test does.</summary>
    public void Expect(string text)
    {
        lock (_lock)
        {
            _expected.Add(text);
        }
    }

    public void AssertNone()
    {
        var texts = Unexpected();
        Assert.True(texts.Count == 0, "The browser complained:\n" + string.Join('\n', texts));
    }

    public IReadOnlyList<string> Unexpected()
    {
        lock (_lock)
        {
            return [.. _texts.Where(text => !_expected.Any(expected => text.Contains(expected, StringComparison.Ordinal)))];
        }
    }

    private void Add(string text)
    {
        lock (_lock)
        {
            _texts.Add(text);
        }
    }
}
