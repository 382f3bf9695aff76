using System.Buffers;
using System.IO.Pipelines;
using Dashboard.Broker;
using Dashboard.Shared.Transfer;

namespace Dashboard.Endpoints.RetainedFile;

/// <summary>A line of the file that was not stored, and why.</summary>
internal sealed record BadLine(int Line, string Problem);

/// <summary>What became of a file.</summary>
/// <param name="Newer">Lines left out because their topic has a message that is as new or newer.</param>
/// <param name="Bad">Lines that were not messages, of which the first are told of one by one.</param>
internal sealed record ImportReport(int Stored, int Newer, int Expired, int Bad, IReadOnlyList<BadLine> First);

/// <summary>Reads lines as they come and stores each that is good; memory is that of one line.</summary>
/// <param name="progress">Told with every line; null when nobody asks.</param>
internal sealed class RetainedImport(MqttBroker broker, TimeProvider time, ImportProgress? progress = null)
{
    private const int Told = 20;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    private readonly List<BadLine> _first = [];
    private int _line;
    private int _stored;
    private int _newer;
    private int _expired;
    private int _bad;

    /// <summary>A payload in Base64 takes a third more, in text up to six bytes for one; properties take what they take.</summary>
    private int MaxLine => (int)Math.Min(int.MaxValue / 2, (broker.Options.MaxPacketSize * 6L) + (1024 * 1024));

    public async Task<ImportReport> ReadAsync(PipeReader file, CancellationToken cancelled)
    {
        while (true)
        {
            var read = await file.ReadAsync(cancelled);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                Take(rest.Slice(0, end));
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            if (rest.Length > MaxLine)
            {
                _line++;
                Refuse(Texts.Retained_LineTooLong);
                file.AdvanceTo(rest.End);
                break; // Where the next line begins is not worth reading on for.
            }

            if (read.IsCompleted)
            {
                Take(rest);
                file.AdvanceTo(rest.End);
                break;
            }

            file.AdvanceTo(rest.Start, rest.End);
        }

        return new ImportReport(_stored, _newer, _expired, _bad, _first);
    }

    private void Take(ReadOnlySequence<byte> line)
    {
        if (_line++ == 0 && line.Length >= ByteOrderMark.Length && line.Slice(0, ByteOrderMark.Length).ToArray().AsSpan().SequenceEqual(ByteOrderMark))
        {
            line = line.Slice(ByteOrderMark.Length); // as editors on Windows put it before UTF-8
        }

        if (IsBlank(line))
        {
            return;
        }

        try
        {
            Count(broker.ImportRetained(RetainedLine.Read(line, time.GetUtcNow())));
        }
        catch (FormatException exception)
        {
            Refuse(exception.Message);
        }

        progress?.Tell(_line, _stored);
    }

    private void Count(ImportProblem? problem)
    {
        switch (problem)
        {
            case null:
                _stored++;
                break;
            case ImportProblem.Newer:
                _newer++;
                break;
            case ImportProblem.Expired:
                _expired++;
                break;
            default:
                Refuse(problem switch
                {
                    ImportProblem.Topic => Texts.Retained_LineTopic,
                    ImportProblem.EmptyPayload => Texts.Retained_LineEmpty,
                    ImportProblem.TooLarge => Texts.Shared_TooLarge,
                    _ => Texts.Shared_StoreFull,
                });
                break;
        }
    }

    private void Refuse(string problem)
    {
        _bad++;
        if (_first.Count < Told)
        {
            _first.Add(new BadLine(_line, problem));
        }
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
        {
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
            {
                return false;
            }
        }

        return true;
    }
}
