using System.Net;

namespace Dashboard.Broker.Hosting;

/// <summary>An address where nothing but MQTT over plain TCP is spoken, so that the broker may take its connections without Kestrel's pipes.</summary>
internal sealed class MqttEndPoint(IPAddress address, int port) : IPEndPoint(address, port);
