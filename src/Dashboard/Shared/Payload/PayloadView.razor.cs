using System.Text;
using System.Text.Json;
using Dashboard.Broker;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Shared.Payload;

/// <summary>
/// A payload in the form that suits it or that a person chose, as plain text or as a picture, never as markup. The choice
/// stays when the payload changes (give it another <c>@key</c> to begin anew).
/// </summary>
public sealed partial class PayloadView : ComponentBase
{
    private const int FirstLimit = 64_000;

    private List<(PayloadForm, string)> _forms = [];
    private PayloadForm? _chosen;
    private PayloadForm _form;
    private int _limit = FirstLimit;
    private bool _loadsAll;
    private ReadOnlyMemory<byte> _shown;
    private PayloadExcerpt _excerpt = new("");
    private string? _exact;
    private string? _note;
    private string? _picture;

    [Parameter, EditorRequired]
    public ReadOnlyMemory<byte> Payload { get; set; }

    /// <summary>Bytes of the whole payload, when only its beginning is at hand.</summary>
    [Parameter]
    public int? Size { get; set; }

    /// <summary>Set when the whole of it can be had: asks for another <see cref="Payload"/>.</summary>
    [Parameter]
    public EventCallback LoadWhole { get; set; }

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    /// <summary>What cut it short: shorter than one may be it is only when all together are too large.</summary>
    private string LimitingOption => Payload.Length < Options.Monitoring.MaxPayloadBytes ? nameof(MonitoringOptions.MaxBytes) : nameof(MonitoringOptions.MaxPayloadBytes);

    private bool IsBeginning => Size > Payload.Length;

    protected override void OnParametersSet()
    {
        if (!_shown.Equals(Payload))
        {
            _shown = Payload;
            _limit = _loadsAll ? int.MaxValue : FirstLimit;
            _loadsAll = false;
            LayOut();
        }
    }

    private void Choose(PayloadForm form)
    {
        _chosen = form;
        LayOut();
    }

    private Task LoadAll()
    {
        _loadsAll = true;
        return LoadWhole.InvokeAsync();
    }

    private void ShowAll()
    {
        _limit = int.MaxValue;
        LayOut();
    }

    private void LayOut()
    {
        _forms = [(PayloadForm.Text, Texts.Shared_FormText), (PayloadForm.Json, "JSON"), (PayloadForm.Hex, "Hex"), (PayloadForm.Base64, "Base64")];
        var picture = IsBeginning || Payload.Length > ImageKind.MaxBytes ? null : ImageKind.Of(Payload.Span);
        AddWhen(NumberReadings.Of(Payload.Span).Count > 0, PayloadForm.Number, Texts.Shared_FormNumber);
        AddWhen(picture is not null, PayloadForm.Image, Texts.Shared_FormImage);
        _form = _chosen is { } chosen && _forms.Exists(form => form.Item1 == chosen) ? chosen : PayloadExcerpt.Recognise(Payload, !IsBeginning);

        // Only what is shown is made.
        JsonException? problem = null;
        var isJson = _form == PayloadForm.Json && JsonOutline.TryRead(Payload, out problem) is not null;
        _excerpt = isJson || _form is PayloadForm.Image or PayloadForm.Number ? new("") : PayloadExcerpt.Of(Payload.Span, _form, _limit);
        _exact = _form == PayloadForm.Text && _excerpt.Cut is null && Encoding.UTF8.GetString(Payload.Span) is var exact && exact != _excerpt.Text ? exact : null;
        _note = _form == PayloadForm.Json && !isJson ? JsonOutline.Refusal(problem) : _excerpt.Note;
        _picture = _form == PayloadForm.Image ? $"data:{picture};base64,{Convert.ToBase64String(Payload.Span)}" : null;

        void AddWhen(bool suits, PayloadForm form, string name)
        {
            if (suits)
            {
                _forms.Add((form, name));
            }
        }
    }
}
