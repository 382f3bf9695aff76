"""Listens in the background and stops after 10 messages.

python3 ten_messages.py localhost 1883 sensors/#
"""
import sys
import threading

import paho.mqtt.client as mqtt

count = 0
done = threading.Event()


def on_connect(client, userdata, flags, rc):
    client.subscribe(sys.argv[3])


def on_subscribe(client, userdata, mid, granted_qos):
    print("subscribed", flush=True)


def on_message(client, userdata, message):
    global count
    if count < 10:
        count += 1
        print(count, message.topic, message.payload.decode(), flush=True)
    if count == 10:
        done.set()


client = mqtt.Client()
client.on_connect = on_connect
client.on_subscribe = on_subscribe
client.on_message = on_message
client.connect(sys.argv[1], int(sys.argv[2]))

client.loop_start()
done.wait()
client.disconnect()
client.loop_stop()
print("stopped")
