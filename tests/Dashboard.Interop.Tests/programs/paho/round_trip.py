"""Sends itself three messages at one quality of service.

python3 round_trip.py ws://localhost:8080/mqtt 5 2 some/topic
"""
import sys

from connection import connect, goodbye, make_client, subscribe, wait_until

address, version, qos, topic = sys.argv[1:]
payloads = ["one", "Grüße 🌍", "x" * 100_000]
received = []

client = make_client(address, version)
client.on_message = lambda client, userdata, message: received.append(message)
connect(client, address, version)
subscribe(client, topic, int(qos))

for payload in payloads:
    client.publish(topic, payload, int(qos)).wait_for_publish(25)

wait_until(lambda: len(received) >= 3)
goodbye(client)

for message in received:
    text = message.payload.decode()
    print(message.topic, f"qos={message.qos}", f"retain={message.retain}", text if len(text) < 50 else len(text))
