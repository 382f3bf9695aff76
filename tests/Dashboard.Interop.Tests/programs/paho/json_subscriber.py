"""Receives measurements as JSON.

python3 json_subscriber.py localhost 1883 sensors/json
"""
import json
import sys

import paho.mqtt.client as mqtt


def on_connect(client, userdata, flags, rc):
    client.subscribe(sys.argv[3])


def on_subscribe(client, userdata, mid, granted_qos):
    print("subscribed", flush=True)


def on_message(client, userdata, message):
    measurement = json.loads(message.payload)
    print("received", measurement["place"], measurement["temperature"], flush=True)


client = mqtt.Client("json-subscriber")
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.connect(sys.argv[1], int(sys.argv[2]))
client.loop_forever()
