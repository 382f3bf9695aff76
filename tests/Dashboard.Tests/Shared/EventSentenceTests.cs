using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Broker;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Topics;
using Dashboard.Shared;

namespace Dashboard.Tests.Shared;

public sealed partial class EventSentenceTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public static TheoryData<EventText, string> Spanish => new()
    {
        { new(EventCode.Goodbye), "Se despidió" },
        { new(EventCode.Connected, "TCP", "5.0", 60), "Se conectó por TCP con MQTT 5.0, keep alive 60 s" },
        { new(EventCode.ClosedBecause, new EventText(EventCode.CauseSilent, 1092, 60)), "Cerrado: no se recibió nada durante 1\u202F092 s; su keep alive es de 60 s" },
        { new(EventCode.SubscriptionRefused, "a/#", new EventText(EventCode.CauseLevels, 128)), "La suscripción a a/# fue rechazada: tiene más de 128 niveles" },
        { new(EventCode.WillPublished, "{0} <b>"), "Su will se publicó en {0} <b>" },
        { new(EventCode.RefusedBecause, EventText.Verbatim("a badge that ends inside its {1}")), "Rechazado: a badge that ends inside its {1}" },
        { new(EventCode.RefusedBecause, new EventText(EventCode.Finding, new Finding(FindingCode.FieldCut, "CONNECT", "client identifier"))), "Rechazado: CONNECT termina dentro de su client identifier" },
        { new(EventCode.ClosedBecause, new EventText(EventCode.Finding, new Finding(FindingCode.PropertyTwice, new Finding(FindingCode.TheWill), "content type"))), "Cerrado: el will lleva dos veces la propiedad content type" },
        { new(EventCode.ClosedBecause, new EventText(EventCode.Finding, new Finding(FindingCode.WillTopic, new Finding(FindingCode.TopicEmpty)))), "Cerrado: en el will, el tema está vacío; un tema tiene al menos un carácter" },
        { new(EventCode.SubscriptionRefused, "a#", new EventText(EventCode.Finding, TopicFilter.Check("a#")!.Value.Finding)), "La suscripción a a# fue rechazada: # debe ir solo entre barras, no en \"a#\": escriba a/#" },
        { new(EventCode.RefusedBecause, new EventText(EventCode.CauseFrameType, (byte)11)), "Rechazado: un frame de WebSocket del tipo desconocido 11" },
        { new(EventCode.RefusedBecause, new EventText(EventCode.CauseTextFrame)), "Rechazado: un frame de texto; MQTT por WebSocket necesita frames binarios" },
    };

    public void Dispose() => CultureInfo.CurrentUICulture = _before;

    [Theory, MemberData(nameof(Spanish))]
    public void What_the_engine_says_is_said_in_spanish_with_its_cause_and_its_figures(EventText text, string spanish)
    {
        CultureInfo.CurrentUICulture = new CultureInfo("es");

        Assert.Equal(spanish, EventSentence.Of(text));
    }

    [Fact]
    public void Every_code_has_words_and_in_english_they_are_those_of_the_log()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en");
        foreach (var code in Enum.GetValues<EventCode>())
        {
            var text = new EventText(code, "one", "two", "three");
            Assert.Equal(text.English, EventSentence.Of(text));
            Assert.DoesNotMatch(Place(), text.English);
        }
    }

    [Fact]
    public void Every_finding_has_words_and_in_english_they_are_those_of_the_log()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en");
        foreach (var code in Enum.GetValues<FindingCode>())
        {
            var finding = new Finding(code, "one", 2_000, "three");
            Assert.NotEmpty(finding.English);
            Assert.Equal(finding.English, FindingSentence.Of(finding));
            Assert.DoesNotMatch(Place(), finding.English);
        }
    }

    [Fact]
    public void What_makes_two_refusals_the_same_is_the_finding_not_what_was_received()
    {
        Assert.Equal(Shape(FindingCode.GoesOn, "CONNECT", 1), Shape(FindingCode.GoesOn, "CONNECT", 2));
        Assert.NotEqual(Shape(FindingCode.GoesOn, "CONNECT", 1), Shape(FindingCode.FieldCut, "CONNECT", "keep alive"));

        static string Shape(FindingCode code, params object[] parts) => new EventText(EventCode.RefusedBecause, new EventText(EventCode.Finding, new Finding(code, parts))).Shape;
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
