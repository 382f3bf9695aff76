"""Answers each request in capital letters (MQTT 5 request/response).

python3 responder.py localhost 1883 some/request
"""
import sys

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties


def on_connect(client, userdata, flags, reason, properties):
    client.subscribe(sys.argv[3], 1)


def on_subscribe(client, userdata, mid, reasons, properties):
    print("subscribed", flush=True)


def on_message(client, userdata, request):
    answer = Properties(PacketTypes.PUBLISH)
    if hasattr(request.properties, "CorrelationData"):
        answer.CorrelationData = request.properties.CorrelationData
    client.publish(request.properties.ResponseTopic, request.payload.upper(), 1, properties=answer)


client = mqtt.Client(protocol=mqtt.MQTTv5)
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.connect(sys.argv[1], int(sys.argv[2]))
client.loop_forever()
