using System.Text;
using Dashboard.Shared;

namespace Dashboard.Features.Publish.Repeating;

/// <summary>What the places of a template are filled from.</summary>
/// <param name="Before">Messages that were sent before this one.</param>
public sealed record TemplateMoment(long Before, DateTimeOffset Time);

/// <summary>A text with places such as <c>{{counter}}</c> that are filled anew for every message.</summary>
internal sealed class Template
{
    public const int MaxPlaces = 1_000;

    private readonly List<Func<TemplateMoment, string>> _parts = [];

    private Template()
    {
    }

    /// <summary>Null with an error that names the place by its character, counted from 1.</summary>
    public static Template? Read(string text, out string? error)
    {
        var template = new Template();
        var at = 0;
        error = null;
        while (at < text.Length && error is null)
        {
            var open = text.IndexOf("{{", at, StringComparison.Ordinal);
            var literal = text[at..(open < 0 ? text.Length : open)];
            template._parts.Add(_ => literal);
            at = open < 0 ? text.Length : template.ReadPlace(text, open, out error);
        }

        return error is null ? template : null;
    }

    public string Fill(TemplateMoment moment)
    {
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            text.Append(part(moment));
        }

        return text.ToString();
    }

    /// <summary>Where the text goes on behind the place.</summary>
    private int ReadPlace(string text, int open, out string? error)
    {
        var close = text.IndexOf("}}", open + 2, StringComparison.Ordinal);
        if (close < 0)
        {
            error = Texts.Publish_TemplateOpen.With(open + 1);
            return text.Length;
        }

        if (_parts.Count > MaxPlaces * 2)
        {
            error = Texts.Publish_TemplateAt.With(open + 1, Texts.Publish_TemplateTooMany.With(MaxPlaces));
            return text.Length;
        }

        if (TemplatePlace.Read(text[(open + 2)..close], out error) is not { } part)
        {
            error = Texts.Publish_TemplateAt.With(open + 1, error);
            return text.Length;
        }

        _parts.Add(part);
        return close + 2;
    }
}
