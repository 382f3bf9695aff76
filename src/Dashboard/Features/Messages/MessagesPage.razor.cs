using System.Globalization;
using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages.Export;
using Dashboard.Shared.Live;
using Dashboard.Shared.Mutes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace Dashboard.Features.Messages;

/// <summary>The live streams of one or several queries, side by side or merged; all of it is in the address.</summary>
public sealed partial class MessagesPage : LiveView
{
    private const int MostStreams = 4;

    /// <summary>The parameter that says how many streams there are, while the last one has no query that says so.</summary>
    private const string Number = "streams";

    private readonly List<PageStream> _streams = [];
    private PageModule _module = default!;
    private List<MessageRecord> _rows = [];
    private Dictionary<long, int>? _marks;
    private MessageRecord? _shown;
    private string? _ticket;
    private bool _isPaused;
    private bool _isMerged;

    [Inject]
    private MessageStreams Streams { get; set; } = default!;

    [Inject]
    private MessageExports Exports { get; set; } = default!;

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private MutedTopics Muted { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private static (bool, string)[] Layouts => [(false, Texts.Messages_SideBySide), (true, Texts.Messages_Merged)];

    private bool IsSideBySide => _streams.Count > 1 && !_isMerged;

    private long Arrived => _streams.Sum(stream => stream.Messages.Arrived);

    /// <summary>Each message once, also when several streams have it.</summary>
    private int Shown => _streams.Count == 1 ? _streams[0].Messages.Rows.Count : MergedMessages.Count(_streams.ConvertAll(stream => stream.Messages.Rows));

    /// <summary>At least so many have arrived while the rows stayed: what two streams wait for may be the same.</summary>
    private long Waiting => _streams.Max(stream => stream.Messages.Waiting);

    protected override void OnInitialized()
    {
        _module = new PageModule(Js, Assets["js/query.js"]);
        Read();
        Navigation.LocationChanged += OnLocationChanged;
        Muted.Changed += OnMuted;
    }

    protected override bool HasChanged()
    {
        var isHeld = !IsSideBySide && _streams.Exists(stream => stream.IsHeld);
        var hasChanged = false;
        foreach (var stream in _streams)
        {
            hasChanged |= stream.Messages.Refresh(hold: _isPaused || isHeld || stream.IsHeld);
        }

        Merge();
        return hasChanged;
    }

    public override async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Muted.Changed -= OnMuted;
        await _module.DisposeAsync();
        await base.DisposeAsync();
        _streams.ForEach(stream => stream.Dispose());
        Exports.Withdraw(_ticket);
    }

    private static string Parameter(int number) => number == 0 ? "filter" : $"filter{number + 1}";

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        Read();
        StateHasChanged();
    }

    /// <summary>Takes the streams from the address.</summary>
    private void Read()
    {
        _isMerged = Url.Get("view") == "merged";
        var texts = Enumerable.Range(0, MostStreams).Select(number => Url.Get(Parameter(number))).ToList();
        var count = Math.Max(Math.Clamp(int.TryParse(Url.Get(Number), CultureInfo.InvariantCulture, out var number) ? number : 1, 1, MostStreams), texts.FindLastIndex(text => text is not null) + 1);
        while (_streams.Count > count)
        {
            _streams[^1].Dispose();
            _streams.RemoveAt(_streams.Count - 1);
        }

        for (var i = 0; i < count; i++)
        {
            if (i == _streams.Count)
            {
                _streams.Add(NewStream());
            }

            if (i == 0 || texts[i] is not null || _streams[i].Query is not null)
            {
                Watch(_streams[i], texts[i]);
            }
        }

        Merge();
    }

    private void OnMuted() => _ = InvokeAsync(() =>
    {
        _streams.ForEach(stream => stream.Mute(Muted));
        Merge();
        StateHasChanged();
    });

    private PageStream NewStream() => new(Streams, Options.Monitoring.StreamLength);

    private bool Watch(PageStream stream, string? text)
    {
        if ((text ?? "") != stream.Text)
        {
            _isPaused = false;
        }

        return stream.Watch(text, RendererInfo.IsInteractive, Muted);
    }

    private async Task EnterAsync(PageStream stream, string text)
    {
        if (Watch(stream, text))
        {
            Merge();
            await WriteAddressAsync();
        }
    }

    private void Pause()
    {
        _isPaused = !_isPaused;
        HasChanged();
    }

    private void Clear()
    {
        _streams.ForEach(stream => stream.Messages.Clear());
        Merge();
    }

    /// <summary>The new one watches nothing until something is entered.</summary>
    private Task AddAsync()
    {
        _streams.Add(NewStream());
        Merge();
        return WriteAddressAsync();
    }

    private Task RemoveAsync(int number)
    {
        _streams[number].Dispose();
        _streams.RemoveAt(number);
        Merge();
        return WriteAddressAsync();
    }

    private Task SetLayoutAsync(bool isMerged)
    {
        _isMerged = isMerged;
        Merge();
        return Url.SetAsync("view", isMerged ? "merged" : null);
    }

    private async Task WriteAddressAsync()
    {
        for (var i = 0; i < MostStreams; i++)
        {
            await Url.SetAsync(Parameter(i), i < _streams.Count ? _streams[i].Text : null);
        }

        await Url.SetAsync(Number, _streams.Count > 1 && _streams[^1].Text.Length == 0 ? _streams.Count.ToString(CultureInfo.InvariantCulture) : null);
    }

    private void Merge()
    {
        if (IsSideBySide)
        {
            return;
        }

        (_rows, _marks) = _streams.Count == 1
            ? (_streams[0].Messages.Rows, null)
            : MergedMessages.Of(_streams.ConvertAll(stream => stream.Messages.Rows));
    }

    private async Task ExportAsync(string format)
    {
        var rows = MergedMessages.Of(_streams.ConvertAll(stream => stream.Messages.Rows)).Rows;
        _ticket = Exports.Offer(rows, _ticket);
        await _module.ImportAsync();
        await _module.InvokeAsync("download", $"messages/export/{_ticket}.{format}");
    }
}
