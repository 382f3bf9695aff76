using Dashboard.Broker;
using Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace Dashboard.Features.Publish;

/// <summary>The payload of a draft, written in one of several notations or taken from a file.</summary>
public sealed partial class PayloadField : ComponentBase, IDisposable
{
    private const int MaxCharacters = 200_000;
    private const int Chunk = 256 * 1024;

    private readonly CancellationTokenSource _left = new();
    private string? _fileHint;
    private bool _fileFailed;
    private bool _notFormatted;
    private int _reading;

    [Parameter, EditorRequired]
    public MessageDraft Draft { get; set; } = default!;

    [Parameter]
    public EventCallback OnEdited { get; set; }

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    private static (PayloadNotation, string)[] Notations =>
    [
        (PayloadNotation.Text, Texts.Publish_AsText),
        (PayloadNotation.Json, Texts.Publish_AsJson),
        (PayloadNotation.Hex, Texts.Publish_AsHex),
        (PayloadNotation.Base64, Texts.Publish_AsBase64),
        (PayloadNotation.File, Texts.Publish_AsFile),
    ];

    private PayloadText Payload => Draft.PayloadText;

    private string? HintTone => Draft.Notation == PayloadNotation.File
        ? (_fileFailed ? "error" : null)
        : Payload.Error is not null ? "error" : Payload.Warning is not null || _notFormatted && !Payload.IsTemplate ? "warning" : null;

    private string Hint => Draft.Notation == PayloadNotation.File
        ? _fileHint ?? (Draft.File is { } file ? Texts.Publish_FileRead.With(file.Name, Format.Bytes(file.Bytes.Length)) : Texts.Publish_ChooseFile)
        : Payload switch
        {
            { Error: { } error } => error,
            { Warning: { } warning } => warning,
            { Bytes.Length: 0 } when Draft.Retain => Texts.Publish_EmptyClears,
            { IsTemplate: true } => Texts.Publish_JsonTemplate,
            _ when _notFormatted => Texts.Publish_FormatJsonNot.With(IndentedJson.MaxDepth),
            _ when Draft.Notation == PayloadNotation.Json => Texts.Publish_ValidJson.With(Format.Bytes(Payload.Bytes!.Length)),
            _ => Format.Bytes(Payload.Bytes!.Length),
        };

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    private Task PayloadTyped(string? payload)
    {
        Draft.Payload = payload ?? "";
        _notFormatted = false;
        return OnEdited.InvokeAsync();
    }

    private Task ChangeNotation(PayloadNotation notation)
    {
        // A payload that is written goes over into the new notation; a file stays beside it.
        if (notation != PayloadNotation.File && Draft.Notation != PayloadNotation.File)
        {
            Draft.Payload = Payload.Bytes is { } bytes && PayloadText.Write(bytes, notation) is { } text ? text : Draft.Payload;
        }

        Draft.Notation = notation;
        _notFormatted = false;
        return OnEdited.InvokeAsync();
    }

    private Task FormatJson()
    {
        var formatted = Payload is { Bytes: { } bytes, Warning: null, IsTemplate: false } ? IndentedJson.TryFormat(bytes) : null;
        _notFormatted = formatted is null or { Length: > MaxCharacters };
        Draft.Payload = _notFormatted ? Draft.Payload : formatted!;
        return OnEdited.InvokeAsync();
    }

    private async Task ReadFileAsync(InputFileChangeEventArgs change)
    {
        var reading = ++_reading; // a file that is chosen meanwhile takes its place
        var file = change.File;
        var most = Broker.Options.MaxPacketSize;
        Draft.File = null;
        _fileFailed = file.Size > most;
        if (_fileFailed)
        {
            _fileHint = Texts.Publish_FileTooLarge.With(file.Name, Format.Bytes(file.Size), Format.Bytes(most));
            return;
        }

        try
        {
            var bytes = new byte[file.Size];
            await using var stream = file.OpenReadStream(most, _left.Token);
            for (var read = 0; read < bytes.Length && reading == _reading;)
            {
                _fileHint = Texts.Publish_FileReading.With(file.Name, Format.Bytes(read), Format.Bytes(bytes.Length));
                StateHasChanged();
                var piece = bytes.AsMemory(read, Math.Min(Chunk, bytes.Length - read));
                await stream.ReadExactlyAsync(piece, _left.Token);
                read += piece.Length;
            }

            if (reading == _reading)
            {
                Draft.File = new DraftFile(file.Name, bytes);
                _fileHint = null;
                await OnEdited.InvokeAsync();
            }
        }
        catch (Exception e) when (e is IOException or JSException or TimeoutException or OperationCanceledException && reading == _reading)
        {
            _fileFailed = true;
            _fileHint = Texts.Publish_FileLost.With(file.Name);
        }
    }
}
