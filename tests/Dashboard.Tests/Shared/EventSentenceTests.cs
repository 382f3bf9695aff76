using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Broker;
using Dashboard.Shared;

namespace Dashboard.Tests.Shared;

public sealed partial class EventSentenceTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public static TheoryData<EventText, string> Spanish => new()
    {
        { new(EventCode.Goodbye), "Se despidió" },
        { new(EventCode.Connected, "TCP", "5.0", 60), "Se conectó por TCP con MQTT 5.0, keep alive 60 s" },
        { new(EventCode.ClosedBecause, new EventText(EventCode.CauseSilent, 1092, 60)), "Cerrado: no se recibió nada durante 1,092 s; su keep alive es de 60 s" },
        { new(EventCode.SubscriptionRefused, "a/#", new EventText(EventCode.CauseLevels, 128)), "La suscripción a a/# fue rechazada: tiene más de 128 niveles" },
        { new(EventCode.WillPublished, "{0} <b>"), "Su will se publicó en {0} <b>" },
        { new(EventCode.RefusedBecause, EventText.Verbatim("CONNECT ends inside its {1}")), "Rechazado: CONNECT ends inside its {1}" },
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

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
