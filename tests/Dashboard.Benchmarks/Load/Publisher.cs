using System.Buffers.Binary;
using System.Diagnostics;

namespace Dashboard.Benchmarks.Load;

/// <summary>One publishing client and its packets, of which only time stamp, number and packet identifier change.</summary>
internal sealed class Publisher
{
    /// <summary>Messages of one turn.</summary>
    private const int Batch = 16;

    private readonly LoadConnection _connection;
    private readonly LoadPlan _plan;
    private readonly Template[] _templates;
    private int _next;
    private ushort _packetId;
    private uint _number;

    public Publisher(LoadConnection connection, LoadPlan plan)
    {
        _connection = connection;
        _plan = plan;
        var payload = new byte[plan.Payload];
        for (var i = 0; i < payload.Length; i++)
        {
            payload[i] = (byte)('a' + (i % 26));
        }

        var topic = plan.TopicOf(connection.Index);
        _templates = [.. Enumerable.Range(0, plan.TopicsOfPublisher).Select(i => new Template(plan.TopicsOfPublisher == 1 ? topic : $"{topic}/{i}", plan.QoS, payload))];
    }

    public bool IsDone => _connection.Inflight == 0;

    /// <summary>Publishes as many messages as one turn, the window and the socket take, at most <paramref name="credit"/>.</summary>
    /// <param name="due">When a message with a planned time was due; 0 for now.</param>
    public int Publish(long credit, long due)
    {
        var most = Math.Min(_plan.Rate > 0 ? 1 : Batch, credit);
        var count = 0;
        var time = due;
        while (count < most && _connection.TakesMore && (_plan.QoS == 0 || _connection.Inflight < _plan.Window))
        {
            if (count == 0 && time == 0)
            {
                time = Stopwatch.GetTimestamp();
            }

            var template = _templates[_next];
            _next = _next + 1 == _templates.Length ? 0 : _next + 1;
            _packetId = _packetId == ushort.MaxValue ? (ushort)1 : (ushort)(_packetId + 1);
            _connection.Publish(template.Fill(time, _connection.Index, ++_number, _packetId), _plan.QoS);
            count++;
        }

        if (count > 0)
        {
            _connection.Flush();
        }

        return count;
    }

    private sealed class Template
    {
        private readonly byte[] _packet;
        private readonly int _packetIdAt;
        private readonly int _payloadAt;

        public Template(string topic, int qos, byte[] payload) =>
            _packet = ClientPackets.Publish(topic, qos, payload, retain: false, out _packetIdAt, out _payloadAt);

        public byte[] Fill(long time, int publisher, uint number, ushort packetId)
        {
            ClientPackets.Stamp(_packet.AsSpan(_payloadAt), time, publisher, number);
            if (_packetIdAt >= 0)
            {
                BinaryPrimitives.WriteUInt16BigEndian(_packet.AsSpan(_packetIdAt), packetId);
            }

            return _packet;
        }
    }
}
