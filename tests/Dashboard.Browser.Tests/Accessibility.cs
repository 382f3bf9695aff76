using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Dashboard.Browser.Tests;

internal static class Accessibility
{
    /// <summary>New colours begin with the next frame, and are there when what it began has ended. A page that draws none is not waited for.</summary>
    private const string Settle = """
        async () => {
          const frame = () => new Promise(drawn => { requestAnimationFrame(drawn); setTimeout(drawn, 2000); });
          await frame();
          await Promise.allSettled(document.getAnimations().map(animation => animation.finished));
          await frame();
        }
        """;

    /// <summary>Fails on what axe calls serious or critical, with the rule, the element and the help page.</summary>
    public static async Task AssertNoSeriousAxeViolations(IPage page)
    {
        // What is half faded in has no contrast yet.
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.EvaluateAsync(Settle);
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = new HashSet<ResultType> { ResultType.Violations } });
        var serious = result.Violations.Where(violation => violation.Impact is "serious" or "critical").ToArray();
        if (serious.Length == 0)
        {
            return;
        }

        var lines = serious.SelectMany(violation =>
            violation.Nodes.Select(node => $"{violation.Impact} {violation.Id}: {violation.Help}\n  {node.Html}\n  {violation.HelpUrl}"));
        Assert.Fail($"axe on {page.Url}:\n{string.Join('\n', lines)}");
    }
}
