using Microsoft.AspNetCore.Components;

namespace Dashboard.Shared.Payload;

/// <summary>
/// A payload as text, as indented JSON or as hex, always as plain text on the page. The form is recognised until a person
/// chooses one; the choice stays when the payload changes (give it another <c>@key</c> to begin anew).
/// </summary>
public sealed partial class PayloadView : ComponentBase
{
    private const int FirstLimit = 64_000;

    private static readonly (PayloadForm, string)[] Forms = [(PayloadForm.Text, "Text"), (PayloadForm.Json, "JSON"), (PayloadForm.Hex, "Hex")];

    private PayloadForm? _chosen;
    private PayloadForm _form;
    private int _limit = FirstLimit;
    private ReadOnlyMemory<byte> _shown;
    private PayloadExcerpt _excerpt = new("");

    [Parameter, EditorRequired]
    public ReadOnlyMemory<byte> Payload { get; set; }

    /// <summary>Bytes of the whole payload, when only its beginning is at hand.</summary>
    [Parameter]
    public int? Size { get; set; }

    protected override void OnParametersSet()
    {
        if (!_shown.Equals(Payload))
        {
            _shown = Payload;
            Excerpt();
        }
    }

    private void Choose(PayloadForm form)
    {
        _chosen = form;
        Excerpt();
    }

    private void ShowMore()
    {
        _limit *= 4;
        Excerpt();
    }

    private void Excerpt()
    {
        _form = _chosen ?? PayloadExcerpt.Recognise(Payload.Span);
        _excerpt = PayloadExcerpt.Of(Payload.Span, _form, _limit);
    }
}
