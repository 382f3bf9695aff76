"""Goes away, and gets what it missed when it comes back.

python3 offline_queue.py mqtt://localhost:1883 4 some/topic
"""
import sys

from connection import connect, goodbye, make_client, subscribe, wait_until

address, version, topic = sys.argv[1:]
client_id = "traveller-" + topic.replace("/", "-")
received = []


def traveller():
    client = make_client(address, version, client_id, clean=False)
    client.on_message = lambda client, userdata, message: received.append(message.payload.decode())
    return client


client = traveller()
flags = connect(client, address, version, clean=False)
print("session present:", flags["session present"])
subscribe(client, topic, 1)
goodbye(client)

friend = make_client(address, version)
connect(friend, address, version)
for number in range(20):
    friend.publish(topic, f"letter {number}", qos=1).wait_for_publish(25)
goodbye(friend)

client = traveller()
flags = connect(client, address, version, clean=False)
print("session present:", flags["session present"])
wait_until(lambda: len(received) >= 20)
goodbye(client)

print("in order:", received == [f"letter {number}" for number in range(20)])
