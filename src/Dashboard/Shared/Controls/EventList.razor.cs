using System.Globalization;
using Dashboard.Broker;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Shared.Controls;

/// <summary>What happened to clients, in sentences.</summary>
public sealed partial class EventList : ComponentBase
{
    [Parameter, EditorRequired]
    public IReadOnlyList<ClientEvent> Events { get; set; } = [];

    /// <summary>False where it is the story of one client.</summary>
    [Parameter]
    public bool NamesClient { get; set; } = true;

    /// <summary>What to do about an event, where there is something to do.</summary>
    [Parameter]
    public Func<ClientEvent, string?>? Advice { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string ShortTime(DateTimeOffset time)
    {
        var local = time.ToLocalTime();
        return local.Date == Clock.GetLocalNow().Date ? local.ToString("HH:mm:ss", CultureInfo.InvariantCulture) : Format.DayAndTime(time);
    }

    /// <summary>"14 times since 10:40:02 from 10.0.0.7".</summary>
    private string Repeated(ClientEvent one) => one.Host is null
        ? Texts.Shared_TimesSince.With(Format.Count(one.Times), ShortTime(one.First))
        : Texts.Shared_TimesSinceFrom.With(Format.Count(one.Times), ShortTime(one.First), one.Host);

    private static Tone ToneOf(ClientEventKind kind) => kind switch
    {
        ClientEventKind.Connected => Tone.Good,
        ClientEventKind.Disconnected or ClientEventKind.SessionEnded or ClientEventKind.Administered => Tone.Neutral,
        ClientEventKind.TakenOver or ClientEventKind.WillPublished => Tone.Warning,
        _ => Tone.Bad,
    };
}
