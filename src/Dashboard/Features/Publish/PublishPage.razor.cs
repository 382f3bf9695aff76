using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Publish;

/// <summary>Writes a message, says who would receive it, publishes it and says what became of it.</summary>
public sealed partial class PublishPage : LiveView
{
    private const int MaxPayloadCharacters = 200_000;

    private static readonly (PayloadNotation, string)[] Notations =
        [(PayloadNotation.Text, "Text"), (PayloadNotation.Json, "JSON"), (PayloadNotation.Hex, "Hex"), (PayloadNotation.Base64, "Base64")];

    private static readonly (QualityOfService, string)[] Qualities =
        [(QualityOfService.AtMostOnce, "QoS 0"), (QualityOfService.AtLeastOnce, "QoS 1"), (QualityOfService.ExactlyOnce, "QoS 2")];

    private IReadOnlyList<string> _suggestions = [];
    private MessageReach? _reach;
    private PublishResult? _result;
    private string? _askedTopic;
    private bool _showErrors;

    [SupplyParameterFromQuery(Name = "topic")]
    private string? AskedTopic { get; set; }

    [Inject]
    private PublishDesk Desk { get; set; } = default!;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private TopicMonitor Topics { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    protected override TimeSpan Pace => ChartPace;

    private MessageDraft Draft => Desk.Draft;

    private PayloadText Payload => Draft.PayloadText;

    private string? ShownTopicError => Draft.Topic.Length == 0 && !_showErrors ? null : Draft.TopicError;

    private string ReachLine => _reach is null ? "Write a topic to see who would receive it." : ReachInWords.Of(_reach, Draft.QoS);

    private string PayloadHint => Payload switch
    {
        { Error: { } error } => error,
        { Warning: { } warning } => warning,
        { Bytes.Length: 0 } when Draft.Retain => "0 bytes: with the retain flag, an empty payload clears what is stored on the topic.",
        _ => $"{Format.Bytes(Payload.Bytes!.Length)}{(Draft.Notation == PayloadNotation.Json ? ", valid JSON" : "")}",
    };

    private string QualityInWords => Draft.QoS switch
    {
        QualityOfService.AtMostOnce => "At most once: sent and forgotten",
        QualityOfService.AtLeastOnce => "At least once: may come twice",
        _ => "Exactly once: four packets each",
    };

    private string? Command => Draft.HasErrors || Draft.Payload.Length > PublishCommand.MaxPayload
        ? null
        : PublishCommand.Before(Draft) + MosquittoCommand.Publish(Broker.Options, Navigation.Uri, PublishCommand.Arguments(Draft));

    protected override void OnParametersSet()
    {
        if (AskedTopic is not null && AskedTopic != _askedTopic)
        {
            _askedTopic = AskedTopic;
            TopicTyped(AskedTopic);
        }

        FindReach();
    }

    protected override bool HasChanged()
    {
        FindReach();
        return _reach is not null;
    }

    private void TopicTyped(string? topic)
    {
        Draft.Topic = topic ?? "";
        _suggestions = TopicCompletion.Of(Topics, Draft.Topic);
        Edited();
    }

    private Task TopicEntered() => Url.SetAsync("topic", Draft.Topic);

    private void PayloadTyped(string? payload)
    {
        Draft.Payload = payload ?? "";
        Edited();
    }

    private void ChangeQoS(QualityOfService qos)
    {
        Draft.QoS = qos;
        Edited();
    }

    private void ChangeNotation(PayloadNotation notation)
    {
        Draft.Payload = Payload.Bytes is { } bytes && PayloadText.Write(bytes, notation) is { } text ? text : Draft.Payload;
        Draft.Notation = notation;
        Edited();
    }

    /// <summary>What was said of the last message does not hold for the next.</summary>
    private void Edited()
    {
        _result = null;
        FindReach();
    }

    private void FindReach() => _reach = Draft.TopicError is null ? Broker.WhoReceives(Draft.Topic, Draft.QoS) : null;

    private async Task PublishAsync()
    {
        _showErrors = Draft.HasErrors;
        if (Draft.HasErrors)
        {
            _result = new PublishResult(Tone.Bad, "Not published: mend what is marked above.");
            return;
        }

        Send(Draft);
        await TopicEntered();
    }

    private void SendAgain(SentMessage message) => Send(message.Draft);

    private void Send(MessageDraft draft)
    {
        var request = draft.ToRequest();
        var report = Broker.Publish(request);
        var nearMiss = report.Reason == ReasonCode.NoMatchingSubscribers ? Broker.WhoReceives(draft.Topic, draft.QoS).NearMiss : null;
        _result = PublishResult.Of(request, report, nearMiss);
        Desk.Add(draft, _result);
    }

    private async Task Edit(SentMessage message)
    {
        Desk.Draft = message.Draft.Copy();
        Edited();
        await TopicEntered();
    }

    private void Forget() => Desk.Forget();
}
