using System.Text;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>Publishes the will of a client that went without a proper goodbye.</summary>
internal sealed class WillPublisher(TopicTable topics, MessageDispatcher dispatcher, IBrokerObserver observer, TimeProvider time)
{
    public void Publish(string clientId, WillMessage will)
    {
        var now = time.GetUtcNow();
        var batch = new DeliveryBatch { Now = now.ToUnixTimeMilliseconds() };
        var topic = topics.Get(Encoding.UTF8.GetBytes(will.Topic));
        var properties = will.Properties is null ? [] : PublishPropertyCodec.Encode(will.Properties);
        // [MQTT-3.1.2-14] [MQTT-3.1.2-15] [MQTT-3.1.2-16, 3.1.1] [MQTT-3.1.2-17, 3.1.1]
        var publish = new OutgoingPublish(topic, properties, will.Payload, will.QoS, will.Retain, clientId, batch.Now, batch.Encodings);
        dispatcher.Publish(ref publish, batch);
        batch.Flush();
        observer.ClientEvent(new ClientEvent(now, ClientEventKind.WillPublished, clientId, null, ReasonCode.Success, new EventText(EventCode.WillPublished, will.Topic)));
    }
}
