using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>A journey while it is being recorded. The lock of <see cref="JourneyLog"/> guards it.</summary>
internal sealed class RecordedJourney(long number, long arrived)
{
    public const int MaxMoments = 16;

    private const int OwnBytes = 400;
    private const int ReceiverBytes = 200;
    private const int MomentBytes = 24;
    private const int PayloadBytes = 256;

    private readonly List<Receiver> _receivers = [];
    private readonly List<JourneyMoment> _moments = [];
    private Journey? _head;
    private int _more;
    private int _open = 1;

    public long Number => number;

    /// <summary>0 until the message was routed.</summary>
    public long Sequence => _head?.Sequence ?? 0;

    /// <summary>About what it holds.</summary>
    public int Bytes { get; private set; } = OwnBytes;

    public int Steps { get; private set; }

    /// <summary>Whether somebody has the message on a page, so that it can be asked for.</summary>
    public bool IsSeen { get; private set; }

    /// <summary>One more page looks into the payload before it takes the message or leaves it.</summary>
    public void Await() => _open++;

    /// <summary>A page took the message or left it.</summary>
    /// <returns>True when it was the last one to answer, or the first to take it.</returns>
    public bool Answer(bool isSeen)
    {
        _open--;
        var isFirst = isSeen && !IsSeen;
        IsSeen |= isSeen;
        return isFirst || (_open == 0 && !IsSeen);
    }

    public void Routed(long sequence, in OutgoingPublish message)
    {
        var payload = message.Payload[..Math.Min(message.Payload.Length, PayloadBytes)].ToArray();
        var time = DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedAt);
        _head = new Journey(sequence, time, message.Topic.Name, message.PublisherId, message.QoS, message.Retain, payload, message.Payload.Length, [], [], 0) { Refusal = message.Refusal };
        Bytes += payload.Length;
    }

    public void Add(in JourneyStep step, long now, int maxReceivers, TimeProvider time)
    {
        Steps++;
        if (step.ClientId is not { } clientId)
        {
            AddTo(_moments, new JourneyMoment(step.Stage, time.GetElapsedTime(arrived, now), step.Reason));
        }
        else if (step.Stage == JourneyStage.Matched)
        {
            Begin(step, now, maxReceivers, time);
        }
        else if (Find(clientId, step.Stage) is { } receiver)
        {
            AddTo(receiver.Moments, new JourneyMoment(step.Stage, time.GetElapsedTime(arrived, now), step.Reason));
        }
    }

    /// <summary>As it is now; null until the message was routed.</summary>
    public Journey? Copy() => _head is null
        ? null
        : _head with { Moments = [.. _moments], Receivers = [.. _receivers.Select(receiver => receiver.Copy())], MoreReceivers = _more };

    private void Begin(in JourneyStep step, long now, int maxReceivers, TimeProvider time)
    {
        if (_receivers.Count == maxReceivers)
        {
            _more++;
            return;
        }

        var receiver = new Receiver(step);
        _receivers.Add(receiver);
        Bytes += ReceiverBytes;
        AddTo(receiver.Moments, new JourneyMoment(JourneyStage.Matched, time.GetElapsedTime(arrived, now), ReasonCode.Success));
    }

    /// <summary>A client may match by itself and in shared groups: an acknowledgement is for the first that waits for one, all else for the last.</summary>
    private Receiver? Find(string clientId, JourneyStage stage) =>
        _receivers.Find(receiver => receiver.ClientId == clientId && receiver.Awaits(stage))
        ?? _receivers.FindLast(receiver => receiver.ClientId == clientId);

    /// <summary>When there are too many moments, the last one makes room for the next, so that the end is always told.</summary>
    private void AddTo(List<JourneyMoment> moments, in JourneyMoment moment)
    {
        if (moments.Count == MaxMoments)
        {
            moments.RemoveAt(MaxMoments - 1);
        }
        else
        {
            Bytes += MomentBytes;
        }

        moments.Add(moment);
    }

    private sealed class Receiver(in JourneyStep match)
    {
        private readonly string _filters = match.Filters ?? "";
        private readonly QualityOfService _qos = match.QoS;
        private readonly int _groupMembers = match.GroupMembers;

        public string ClientId { get; } = match.ClientId!;

        public List<JourneyMoment> Moments { get; } = [];

        public bool Awaits(JourneyStage stage) => stage switch
        {
            JourneyStage.PubAck or JourneyStage.PubRec => Moments[^1].Stage is JourneyStage.Sent or JourneyStage.SentAgain,
            JourneyStage.PubComp => Moments[^1].Stage == JourneyStage.PubRec,
            _ => false,
        };

        public JourneyReceiver Copy() => new(ClientId, _filters.Split('\0'), _qos, _groupMembers, [.. Moments]);
    }
}
