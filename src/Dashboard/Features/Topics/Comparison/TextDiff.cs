using System.Text;
using Dashboard.Shared.Payload;

namespace Dashboard.Features.Topics.Comparison;

/// <summary>A line of a comparison: what became of it, and its pieces when only words of it changed. <c>Skipped</c> equal lines are left out in its place.</summary>
internal sealed record DiffLine(Change Change, IReadOnlyList<(Change Change, string Text)> Pieces, int Skipped = 0);

/// <summary>Compares two payloads line by line, and lines that took each other's place word by word. Bytes that are no text are compared as hex.</summary>
internal static class TextDiff
{
    /// <summary>Bytes of each payload that are compared.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int Context = 2;

    /// <summary>Its picture: a line that ends otherwise is another line.</summary>
    private const char CarriageReturn = '\u240D';

    public static IReadOnlyList<DiffLine> Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var form = PayloadExcerpt.Recognise(before.ToArray(), isWhole: false) == PayloadForm.Hex || PayloadExcerpt.Recognise(after.ToArray(), isWhole: false) == PayloadForm.Hex
            ? PayloadForm.Hex
            : PayloadForm.Text;
        var lines = SequenceDiff.Of(Lines(before, form), Lines(after, form));
        return Fold(Pair(lines.TrueForAll(line => line.Change == Change.None) // marks that are drawn alike
            ? SequenceDiff.Of(Lines(before, PayloadForm.Hex), Lines(after, PayloadForm.Hex))
            : lines));
    }

    private static string[] Lines(ReadOnlySpan<byte> payload, PayloadForm form)
    {
        var text = PayloadExcerpt.Of(payload[..Math.Min(payload.Length, MaxBytes)], form, int.MaxValue).Text;
        return text.Length == 0 ? [] : text.Replace('\r', CarriageReturn).Split('\n');
    }

    /// <summary>Lines that went and as many that came in their place are compared by their words.</summary>
    private static List<DiffLine> Pair(List<(Change Change, string Text)> lines)
    {
        var result = new List<DiffLine>();
        for (var i = 0; i < lines.Count;)
        {
            var removed = Run(lines, i, Change.Removed);
            var added = Run(lines, i + removed, Change.Added);
            if (removed == 0 || removed != added)
            {
                result.Add(new DiffLine(lines[i].Change, [(Change.None, lines[i].Text)]));
                i++;
                continue;
            }

            var words = Enumerable.Range(i, removed).Select(line => SequenceDiff.Of(Words(lines[line].Text), Words(lines[line + removed].Text))).ToArray();
            result.AddRange(words.Select(pieces => new DiffLine(Change.Removed, Without(pieces, Change.Added))));
            result.AddRange(words.Select(pieces => new DiffLine(Change.Added, Without(pieces, Change.Removed))));
            i += removed + added;
        }

        return result;
    }

    private static int Run(List<(Change Change, string)> lines, int start, Change change)
    {
        var end = start;
        while (end < lines.Count && lines[end].Change == change)
        {
            end++;
        }

        return end - start;
    }

    private static List<(Change Change, string Text)> Without(List<(Change Change, string Text)> pieces, Change change)
    {
        var result = new List<(Change Change, string Text)>();
        foreach (var piece in pieces.Where(piece => piece.Change != change))
        {
            if (result.Count > 0 && result[^1].Change == piece.Change)
            {
                result[^1] = (piece.Change, result[^1].Text + piece.Text);
            }
            else
            {
                result.Add(piece);
            }
        }

        return result;
    }

    /// <summary>Numbers and words in one piece, everything else character by character.</summary>
    private static List<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var character in line)
        {
            var belongs = char.IsLetterOrDigit(character) || character is '.' or '-' or '_' || char.IsSurrogate(character);
            if (!belongs)
            {
                Flush();
                words.Add(character.ToString());
            }
            else
            {
                word.Append(character);
            }
        }

        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    /// <summary>Leaves out equal lines that are far from every change.</summary>
    private static List<DiffLine> Fold(List<DiffLine> lines)
    {
        var result = new List<DiffLine>();
        for (var i = 0; i < lines.Count;)
        {
            var equal = i;
            while (equal < lines.Count && lines[equal].Change == Change.None)
            {
                equal++;
            }

            var before = i == 0 ? 0 : Context;
            var after = equal == lines.Count ? 0 : Context;
            if (equal - i > before + after + 1)
            {
                result.AddRange(lines.GetRange(i, before));
                result.Add(new DiffLine(Change.None, [], equal - i - before - after));
                result.AddRange(lines.GetRange(equal - after, after));
            }
            else
            {
                result.AddRange(lines.GetRange(i, equal - i));
            }

            for (i = equal; i < lines.Count && lines[i].Change != Change.None; i++)
            {
                result.Add(lines[i]);
            }
        }

        return result;
    }
}
