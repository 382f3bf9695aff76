"""Receives numbers and adds them up.

python3 random_subscriber.py localhost 1883 sensors/random
"""
import sys

import paho.mqtt.client as mqtt

total = 0


def on_connect(client, userdata, flags, rc):
    client.subscribe(sys.argv[3])


def on_subscribe(client, userdata, mid, granted_qos):
    print("subscribed", flush=True)


def on_message(client, userdata, message):
    global total
    number = int(message.payload)
    total += number
    print("received", number, "total", total, flush=True)


client = mqtt.Client("random-subscriber")
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.connect(sys.argv[1], int(sys.argv[2]))
client.loop_forever()
