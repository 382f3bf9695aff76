using System.Diagnostics;
using Dashboard.Features.Publish;
using Dashboard.Features.Publish.Commands;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Publish.Commands;

public sealed class MosquittoPubTests
{
    [Fact]
    public void A_plain_message_is_a_plain_command()
    {
        var draft = new MessageDraft { Topic = "house/light", Payload = "on" };

        Assert.Equal("", MosquittoPub.Before(draft));
        Assert.Equal("-t \"house/light\" -m \"on\"", MosquittoPub.Arguments(draft));
    }

    [Fact]
    public void QoS_retain_and_properties_are_options()
    {
        var draft = new MessageDraft
        {
            Topic = "a",
            QoS = QualityOfService.AtLeastOnce,
            Retain = true,
            Expiry = "60",
            UserProperties = [new UserProperty("room", "1")],
        };

        Assert.Equal("-t \"a\" -n -q 1 -r -V 5 -D PUBLISH message-expiry-interval \"60\" -D PUBLISH user-property \"room\" \"1\"", MosquittoPub.Arguments(draft));
    }

    [Theory]
    [InlineData("plain words")]
    [InlineData("""{"a": "$HOME"}""")]
    [InlineData("it's `date` \\ $(date) !! 100%")]
    [InlineData("two\nlines")]
    public void A_shell_takes_the_payload_as_it_is(string payload)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"printf %s {MosquittoPub.Quote(payload)}"]) { RedirectStandardOutput = true })!;

        Assert.Equal(payload, shell.StandardOutput.ReadToEnd());
    }

    [Fact]
    public void Bytes_that_are_no_text_go_in_by_the_standard_input()
    {
        var draft = new MessageDraft { Topic = "a", Payload = "00ff", Notation = PayloadNotation.Hex };

        Assert.Equal("printf %s \"AP8=\" | base64 -d | ", MosquittoPub.Before(draft));
        Assert.Equal("-t \"a\" -s", MosquittoPub.Arguments(draft));
    }

    [Theory]
    [InlineData("a\r\nb")]
    [InlineData("a\tb")]
    public void Keys_that_a_terminal_would_act_on_go_in_by_the_standard_input(string payload)
    {
        var draft = new MessageDraft { Topic = "a", Payload = payload };

        Assert.StartsWith("printf %s", MosquittoPub.Before(draft), StringComparison.Ordinal);
        Assert.Equal("-t \"a\" -s", MosquittoPub.Arguments(draft));
    }

    [Fact]
    public void A_property_named_like_the_prototype_of_an_object_is_one()
    {
        var draft = new MessageDraft { Topic = "a", Payload = "1", UserProperties = [new UserProperty("__proto__", "x")] };

        Assert.Contains("[\"__proto__\"]: [\"x\"]", MqttJs.Write(draft, "localhost", 1883), StringComparison.Ordinal);
    }
}
