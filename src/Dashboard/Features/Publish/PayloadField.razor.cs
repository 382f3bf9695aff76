using Dashboard.Shared;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Publish;

/// <summary>The payload of a draft, written in one of several notations or taken from a file.</summary>
public sealed partial class PayloadField : ComponentBase
{
    private const int MaxCharacters = 200_000;

    private bool _notFormatted;

    [Parameter, EditorRequired]
    public MessageDraft Draft { get; set; } = default!;

    [Parameter]
    public EventCallback OnEdited { get; set; }

    private static (PayloadNotation, string)[] Notations =>
    [
        (PayloadNotation.Text, Texts.Publish_AsText),
        (PayloadNotation.Json, Texts.Publish_AsJson),
        (PayloadNotation.Hex, Texts.Publish_AsHex),
        (PayloadNotation.Base64, Texts.Publish_AsBase64),
        (PayloadNotation.File, Texts.Publish_AsFile),
    ];

    private PayloadText Payload => Draft.PayloadText;

    private string? HintTone => Payload.Error is not null ? "error" : Payload.Warning is not null || _notFormatted && !Payload.IsTemplate ? "warning" : null;

    private string Hint => Payload switch
    {
        { Error: { } error } => error,
        { Warning: { } warning } => warning,
        { Bytes.Length: 0 } when Draft.Retain => Texts.Publish_EmptyClears,
        { IsTemplate: true } => Texts.Publish_JsonTemplate,
        _ when _notFormatted => Texts.Publish_FormatJsonNot.With(IndentedJson.MaxDepth),
        _ when Draft.Notation == PayloadNotation.Json => Texts.Publish_ValidJson.With(Format.Bytes(Payload.Bytes!.Length)),
        _ => Format.Bytes(Payload.Bytes!.Length),
    };

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
}
