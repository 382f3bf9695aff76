using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Features.Publish;

/// <summary>Writes a message, says who would receive it, publishes it and says what became of it.</summary>
public sealed partial class PublishPage : LiveView
{
    private const string RememberedAs = "sent";

    private static readonly (QualityOfService, string)[] Qualities =
        [(QualityOfService.AtMostOnce, "QoS 0"), (QualityOfService.AtLeastOnce, "QoS 1"), (QualityOfService.ExactlyOnce, "QoS 2")];

    private PageModule _module = default!;
    private IReadOnlyList<string> _suggestions = [];
    private MessageReach? _reach;
    private int _listed = 50;
    private PublishResult? _result;
    private string? _opened;
    private bool _showErrors;
    private Task _keeping = Task.CompletedTask;

    [SupplyParameterFromQuery(Name = "topic")]
    private string? AskedTopic { get; set; }

    [Inject]
    private PublishDesk Desk { get; set; } = default!;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private TopicMonitor Topics { get; set; } = default!;

    [Inject]
    private MessageStreams Streams { get; set; } = default!;

    [Inject]
    private JourneyLog Journeys { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    protected override TimeSpan Pace => ChartPace;

    private MessageDraft Draft => Desk.Draft;

    private string? ShownTopicError => Draft.Topic.Length == 0 && !_showErrors ? null : Draft.TopicError;

    private string ReachLine => _reach is null ? Texts.Publish_WriteTopic : ReachInWords.Of(_reach, Draft.Topic, Draft.QoS);

    private string QualityInWords => Draft.QoS switch
    {
        QualityOfService.AtMostOnce => Texts.Publish_QoS0,
        QualityOfService.AtLeastOnce => Texts.Publish_QoS1,
        _ => Texts.Publish_QoS2,
    };

    public override async ValueTask DisposeAsync()
    {
        await _module.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void OnInitialized() => _module = new PageModule(Js, "js/interop.js");

    protected override void OnParametersSet()
    {
        if (_opened != Navigation.Uri)
        {
            _opened = Navigation.Uri;
            if (DraftLink.Read(Navigation.Uri) is { } linked)
            {
                Desk.Open(linked);
            }
            else if (AskedTopic is not null)
            {
                TopicTyped(AskedTopic);
            }
        }

        FindReach();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await _module.ImportAsync())
        {
            Desk.Recall(await _module.AskAsync<string>("recall", RememberedAs));
            StateHasChanged();
        }
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

    /// <summary>The address goes with the topic, and lets go of the rest of a message that came by a link for another one.</summary>
    private async Task TopicEntered()
    {
        if (Url.Get("topic") == Draft.Topic)
        {
            return;
        }

        foreach (var name in DraftLink.BeyondTopic.Where(name => Url.Get(name) is not null))
        {
            await Url.SetAsync(name, null);
        }

        await Url.SetAsync("topic", Draft.Topic);
    }

    private void ChangeQoS(QualityOfService qos)
    {
        Draft.QoS = qos;
        Edited();
    }

    /// <summary>What was said of the last message does not hold for the next.</summary>
    private void Edited()
    {
        _result = null;
        FindReach();
    }

    private void FindReach() => _reach = Draft.TopicError is null ? Broker.WhoReceives(Draft.Topic, Draft.QoS, _listed) : null;

    private void ListMore(int listed)
    {
        _listed = listed;
        FindReach();
    }

    private void Publish()
    {
        _showErrors = Draft.HasErrors;
        if (Draft.HasErrors)
        {
            _result = new PublishResult(Tone.Bad, Texts.Publish_MendFirst);
            return;
        }

        Send(Draft);
        Keep(TopicEntered);
    }

    private void SendAgain(SentMessage message) => Send(message.Draft);

    private void Send(MessageDraft draft)
    {
        if (draft.HasErrors)
        {
            _result = new PublishResult(Tone.Bad, Texts.Publish_NotPublished.With(draft.Errors[0]));
            return;
        }

        using (Streams.Watch(draft.Topic))
        {
            _result = PublishResult.Send(Broker, draft, Journeys);
        }

        var sent = Desk.Add(draft, _result);
        Keep(async () =>
        {
            await _module.ImportAsync();
            var now = await _module.AskAsync<string>("recall", RememberedAs);
            await _module.InvokeAsync("remember", RememberedAs, PublishDesk.Remembered(sent, now));
            Desk.Recall(now);
        });
    }

    private async Task Edit(SentMessage message)
    {
        Desk.Open(message.Draft);
        Edited();
        await TopicEntered();
    }

    private void Forget() => Keep(() =>
    {
        Desk.Forget();
        return _module.InvokeAsync("remember", RememberedAs, "[]");
    });

    /// <summary>What the browser keeps it is told in order, and nobody waits for it: on a slow line the next message may come meanwhile.</summary>
    private void Keep(Func<Task> keep) => _keeping = KeepAsync(_keeping, keep);

    private async Task KeepAsync(Task before, Func<Task> keep)
    {
        try
        {
            await before;
            await keep();
            StateHasChanged();
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e); // to the page's error boundary; what is kept next is kept all the same
        }
    }
}
