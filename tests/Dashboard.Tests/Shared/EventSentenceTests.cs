using System.Globalization;
using Dashboard.Shared;

namespace Dashboard.Tests.Shared;

public sealed class EventSentenceTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = _before;

    [Theory]
    [InlineData("Said goodbye", "Se despidió")]
    [InlineData("Connected over TCP with MQTT 5.0, keep alive 60 s", "Se conectó por TCP con MQTT 5.0, keep alive 60 s")]
    [InlineData("Closed: nothing was received for 92 s; its keep alive is 60 s", "Cerrado: no se recibió nada durante 92 s; su keep alive es de 60 s")]
    [InlineData("The subscription to a/# was refused: it has more than 128 levels", "La suscripción a a/# fue rechazada: tiene más de 128 niveles")]
    [InlineData("Its will was published on {0} <b>", "Su will se publicó en {0} <b>")]
    public void A_sentence_of_the_engine_is_said_in_spanish_with_its_cause_and_its_figures(string english, string spanish)
    {
        CultureInfo.CurrentUICulture = new CultureInfo("es");

        Assert.Equal(spanish, EventSentence.Of(english));
    }

    [Fact]
    public void What_only_a_decoder_says_stays_behind_the_translated_beginning()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("es");

        Assert.Equal("Rechazado: CONNECT ends inside its client identifier", EventSentence.Of("Refused: CONNECT ends inside its client identifier"));
    }

    [Fact]
    public void In_english_it_is_the_engines_own_sentence()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en");

        Assert.Equal("Closed: nothing was received for 92 s; its keep alive is 60 s", EventSentence.Of("Closed: nothing was received for 92 s; its keep alive is 60 s"));
    }
}
