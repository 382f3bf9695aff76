namespace Dashboard.Broker.Connections.WebSockets;

/// <summary>What ended a turn of <see cref="FrameReader"/>.</summary>
internal enum FrameEvent
{
    /// <summary>Everything was read.</summary>
    None,

    /// <summary>A ping came; its payload wants to be sent back.</summary>
    Ping,

    /// <summary>The client closes.</summary>
    Close,

    /// <summary>Something came that must not; nothing more can be read.</summary>
    Fault,
}

/// <summary>
/// Takes the frames off what a client sends: the contents of binary frames come out as one stream of bytes, whatever the
/// borders of frames and messages [MQTT-6.0.0-2]. A frame is never held as a whole, so it may be of any length; what is held is a
/// header or a control frame, at most 125 bytes.
/// </summary>
internal sealed class FrameReader
{
    private const int LongestControl = 125;

    private byte[]? _held;
    private int _heldLength;
    private FrameHeader _frame;
    private ulong _left;
    private uint _key;
    private bool _isWithinFrame;
    private bool _isWithinMessage;

    /// <summary>The payload of the control frame that was read last.</summary>
    public ReadOnlySpan<byte> Control => _held.AsSpan(0, _heldLength);

    /// <summary>What was wrong, in words.</summary>
    public EventText? Fault { get; private set; }

    public CloseCode FaultCode { get; private set; } = CloseCode.Normal;

    /// <summary>Reads until everything is read or an event comes.</summary>
    /// <param name="received">What came; its start moves behind what was read.</param>
    /// <param name="contents">At least as long as what came; its start moves behind what was written.</param>
    public FrameEvent Read(ref ReadOnlySpan<byte> received, ref Span<byte> contents)
    {
        while (true)
        {
            if (_isWithinFrame)
            {
                var next = _frame.IsControl ? ReadControl(ref received) : ReadContents(ref received, ref contents);
                if (next != FrameEvent.None || _isWithinFrame)
                {
                    return next;
                }
            }

            if (received.IsEmpty || !TryReadHeader(ref received))
            {
                return FrameEvent.None;
            }

            if (!IsAllowed())
            {
                return FrameEvent.Fault;
            }

            _left = _frame.PayloadLength;
            _key = _frame.Key;
            _isWithinFrame = true;
        }
    }

    private FrameEvent ReadContents(ref ReadOnlySpan<byte> received, ref Span<byte> contents)
    {
        var part = (int)Math.Min(_left, (ulong)received.Length);
        Mask.CopyUnmasked(received[..part], contents, _key);
        received = received[part..];
        contents = contents[part..];
        _left -= (uint)part;
        _key = Mask.After(_key, part);
        if (_left == 0)
        {
            _isWithinFrame = false;
            _isWithinMessage = !_frame.IsFinal;
        }

        return FrameEvent.None;
    }

    private FrameEvent ReadControl(ref ReadOnlySpan<byte> received)
    {
        var part = (int)Math.Min(_left, (ulong)received.Length);
        _held ??= new byte[LongestControl];
        Mask.CopyUnmasked(received[..part], _held.AsSpan(_heldLength), _key);
        received = received[part..];
        _heldLength += part;
        _left -= (uint)part;
        _key = Mask.After(_key, part);
        if (_left > 0)
        {
            return FrameEvent.None;
        }

        _isWithinFrame = false;
        switch (_frame.Opcode)
        {
            case Opcode.Ping:
                return FrameEvent.Ping;
            case Opcode.Close:
                return ClosePayload.IsValid(Control) ? FrameEvent.Close : Wrong(new EventText(EventCode.CauseFrameClose));
            default:
                _heldLength = 0;
                return FrameEvent.None;
        }
    }

    /// <summary>Lets go of the control frame, after it was looked at.</summary>
    public void ForgetControl() => _heldLength = 0;

    private bool TryReadHeader(ref ReadOnlySpan<byte> received)
    {
        if (_heldLength == 0 && FrameHeader.TryRead(received, out _frame, out var length))
        {
            received = received[length..];
            return true;
        }

        // The header is cut: its bytes are put together.
        _held ??= new byte[LongestControl];
        var before = _heldLength;
        var part = Math.Min(FrameHeader.Longest - before, received.Length);
        received[..part].CopyTo(_held.AsSpan(before));
        if (!FrameHeader.TryRead(_held.AsSpan(0, before + part), out _frame, out length))
        {
            _heldLength += part;
            received = received[part..];
            return false;
        }

        _heldLength = 0;
        received = received[(length - before)..];
        return true;
    }

    /// <summary>RFC 6455, 5.1 to 5.5.</summary>
    private bool IsAllowed()
    {
        _ = _frame switch
        {
            { HasReservedBits: true } => Wrong(new EventText(EventCode.CauseFrameReserved)),
            { IsMasked: false } => Wrong(new EventText(EventCode.CauseFrameMask)),
            { IsControl: true, Opcode: > Opcode.Pong } => Wrong(new EventText(EventCode.CauseFrameType, (byte)_frame.Opcode)),
            { IsControl: true } when !_frame.IsFinal || _frame.PayloadLength > LongestControl => Wrong(new EventText(EventCode.CauseFrameControl, LongestControl)),
            { IsControl: true } => FrameEvent.None,
            { Opcode: Opcode.Text } => Wrong(new EventText(EventCode.CauseTextFrame), CloseCode.UnsupportedData), // [MQTT-6.0.0-1]
            { Opcode: > Opcode.Binary } => Wrong(new EventText(EventCode.CauseFrameType, (byte)_frame.Opcode)),
            _ when _isWithinMessage != (_frame.Opcode == Opcode.Continuation) => Wrong(new EventText(EventCode.CauseFrameOrder)),
            { PayloadLength: > long.MaxValue } => Wrong(new EventText(EventCode.CauseFrameLength)),
            _ => FrameEvent.None,
        };
        return Fault is null;
    }

    private FrameEvent Wrong(EventText fault, CloseCode code = CloseCode.ProtocolError)
    {
        Fault = fault;
        FaultCode = code;
        return FrameEvent.Fault;
    }
}
