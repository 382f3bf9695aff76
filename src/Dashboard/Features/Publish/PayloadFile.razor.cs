using Dashboard.Broker;
using Dashboard.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace Dashboard.Features.Publish;

/// <summary>A file that is the payload of a draft: chosen or dropped, read piece by piece, and let go again.</summary>
public sealed partial class PayloadFile : ComponentBase, IDisposable
{
    private const int Chunk = 256 * 1024;

    private readonly CancellationTokenSource _left = new();
    private InputFile? _input;
    private string? _said;
    private bool _failed;
    private bool _isOver;
    private bool _isCleared;
    private int _reading;
    private int _choices; // the browser tells of the same file again only in another control

    [Parameter, EditorRequired]
    public MessageDraft Draft { get; set; } = default!;

    [Parameter]
    public EventCallback OnEdited { get; set; }

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    private string Hint => _said ?? (Draft.File is { } file ? Texts.Publish_FileRead.With(file.Name) : Texts.Publish_FileUpTo.With(Format.Bytes(Broker.Options.MaxPacketSize)));

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    /// <summary>The button that was pressed is gone: the keyboard goes on at the control.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isCleared && _input?.Element is { } element)
        {
            _isCleared = false;
            await element.FocusAsync();
        }
    }

    private Task ClearAsync()
    {
        _reading++;
        _choices++;
        (Draft.File, _said, _failed, _isCleared) = (null, null, false, true);
        return OnEdited.InvokeAsync();
    }

    private async Task ReadAsync(InputFileChangeEventArgs change)
    {
        var reading = ++_reading; // a file that is chosen meanwhile takes its place
        var file = change.File;
        var most = Broker.Options.MaxPacketSize;
        Draft.File = null;
        _failed = file.Size > most;
        if (_failed)
        {
            _said = Texts.Publish_FileTooLarge.With(file.Name, Format.Bytes(file.Size), Format.Bytes(most));
            return;
        }

        try
        {
            var bytes = new byte[file.Size];
            await using var stream = file.OpenReadStream(most, _left.Token);
            for (var read = 0; read < bytes.Length && reading == _reading;)
            {
                _said = Texts.Publish_FileReading.With(file.Name, Format.Bytes(read), Format.Bytes(bytes.Length));
                StateHasChanged();
                var piece = bytes.AsMemory(read, Math.Min(Chunk, bytes.Length - read));
                await stream.ReadExactlyAsync(piece, _left.Token);
                read += piece.Length;
            }

            if (reading == _reading)
            {
                Draft.File = new DraftFile(file.Name, bytes);
                _said = null;
                await OnEdited.InvokeAsync();
            }
        }
        catch (Exception e) when (e is IOException or JSException or TimeoutException or OperationCanceledException && reading == _reading)
        {
            _failed = true;
            _said = Texts.Publish_FileLost.With(file.Name);
        }
    }
}
