using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dashboard.Benchmarks.Pages;

/// <summary>
/// One open page without a browser: fetches its HTML, starts its circuit at the real SignalR endpoint as Blazor's own script
/// does, and takes its render batches without drawing them.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private const int Invocation = 1;
    private const int Completion = 3;
    private const byte RecordEnd = 0x1E;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _isLive = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<byte[]> _onBatch;
    private Task _receiving = Task.CompletedTask;
    private int _objects;
    private int _calls;

    private Circuit(Action<byte[]> onBatch) => _onBatch = onBatch;

    public int Batches { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Opens a page and returns when it is live.</summary>
    /// <param name="onBatch">Gets each render batch.</param>
    public static async Task<Circuit> Open(HttpClient http, string address, string path, Action<byte[]> onBatch)
    {
        var circuit = new Circuit(onBatch);
        var html = await http.GetStringAsync(new Uri(address + path));
        await circuit._socket.ConnectAsync(new Uri(address.Replace("http", "ws", StringComparison.Ordinal) + "/_blazor"), CancellationToken.None);
        await circuit.Send([.. Encoding.ASCII.GetBytes("""{"protocol":"blazorpack","version":1}"""), RecordEnd]);
        circuit._receiving = circuit.Receive();
        await circuit.Call("1", "StartCircuit", address + "/", address + path, "[]", "");
        await circuit._isLive.Task.WaitAsync(Patience);
        await circuit.Call(null, "UpdateRootComponents", Operations(html), State().Match(html).Groups[1].Value);
        return circuit;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _turn.Dispose();
        _closed.Dispose();
    }

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    private static string Operations(string html)
    {
        var operations = new JsonArray();
        foreach (Match marker in Markers().Matches(html))
        {
            operations.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = operations.Count + 1, ["marker"] = JsonNode.Parse(marker.Groups[1].Value) });
        }

        return new JsonObject { ["batchId"] = 1, ["operations"] = operations }.ToJsonString();
    }

    private async Task Call(string? id, string method, params object?[] arguments)
    {
        var call = new MessagePackWriter().Array(6).Value(Invocation).EmptyMap().Value(id).Value(method).Array(arguments.Length);
        foreach (var argument in arguments)
        {
            call.Value(argument);
        }

        await SendMessage(call.Array(0));
    }

    private async Task SendMessage(MessagePackWriter message)
    {
        var framed = new List<byte>();
        var length = message.Written.Length;
        for (; length >= 0x80; length >>= 7)
        {
            framed.Add((byte)(length | 0x80));
        }

        framed.Add((byte)length);
        framed.AddRange(message.Written);
        await Send([.. framed]);
    }

    private async Task Send(byte[] bytes)
    {
        await _turn.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task Receive()
    {
        var buffer = new byte[64 * 1024];
        var used = 0;
        var isFirst = true;
        try
        {
            while (true)
            {
                if (used == buffer.Length)
                {
                    Array.Resize(ref buffer, used * 2);
                }

                var result = await _socket.ReceiveAsync(buffer.AsMemory(used), _closed.Token);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    throw new IOException("The server closed a circuit.");
                }

                used += result.Count;
                if (!result.EndOfMessage)
                {
                    continue;
                }

                var at = isFirst ? Array.IndexOf(buffer, RecordEnd) + 1 : 0;
                isFirst = false;
                while (TryTake(buffer.AsSpan(0, used), ref at, out var message))
                {
                    await Handle(message);
                }

                buffer.AsSpan(at, used - at).CopyTo(buffer);
                used -= at;
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        catch (Exception exception) when (exception is IOException or WebSocketException)
        {
            _isLive.TrySetException(exception);
            await Console.Error.WriteLineAsync(exception.Message);
        }
    }

    private static bool TryTake(ReadOnlySpan<byte> bytes, ref int at, out object?[] message)
    {
        message = [];
        var length = 0;
        for (int shift = 0, i = at; i < bytes.Length; i++, shift += 7)
        {
            length |= (bytes[i] & 0x7F) << shift;
            if (bytes[i] < 0x80)
            {
                if (bytes.Length - i - 1 < length)
                {
                    return false;
                }

                var from = i + 1;
                message = (object?[])MessagePackReader.Read(bytes, ref from)!;
                at = i + 1 + length;
                return true;
            }
        }

        return false;
    }

    private async Task Handle(object?[] message)
    {
        if (message[0] is (long)Completion)
        {
            if (message.Length > 4 && message[4] is string)
            {
                _isLive.TrySetResult();
            }
            else
            {
                _isLive.TrySetException(new IOException("The server did not start a circuit."));
            }
        }

        if (message[0] is not (long)Invocation)
        {
            return;
        }

        var arguments = (object?[])message[4]!;
        switch (message[3])
        {
            case "JS.RenderBatch":
                var batch = (byte[])arguments[1]!;
                Batches++;
                Bytes += batch.Length;
                _onBatch(batch);
                await Call(null, "OnRenderCompleted", arguments[0], null);
                break;
            case "JS.BeginInvokeJS":
                await Answer((long)arguments[0]!, (string)arguments[1]!, (string?)arguments[2], (long)arguments[3]!);
                break;
            case "JS.Error":
                throw new IOException($"The server reports: {arguments[0]}");
        }
    }

    /// <summary>Says yes to whatever a page asks of its browser, which remembers nothing; a virtualised list hears that there is a screen to fill.</summary>
    private async Task Answer(long call, string function, string? arguments, long resultType)
    {
        const int ObjectReference = 1;
        var result = resultType == ObjectReference ? $"{{\"__jsObjectId\":{++_objects}}}" : function == "read" ? "[]" : "null";
        await Call(null, "EndInvokeJSFromDotNet", call, true, $"[{call},true,{result}]");
        if (function == "Blazor._internal.Virtualize.init")
        {
            var list = JsonNode.Parse(arguments!)![0]!["__dotNetObject"]!.GetValue<long>();
            await Call(null, "BeginInvokeDotNetFromJS", $"{++_calls}", null, "OnSpacerAfterVisible", list, JsonSerializer.Serialize(new double[] { 100_000, 0, 900 }));
        }
    }
}
