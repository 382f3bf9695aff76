"""Leaves a message for those who come later, and takes it away.

python3 retained.py mqtt://localhost:1883 4 some/topic
"""
import sys

from connection import connect, goodbye, make_client, subscribe, wait_until

address, version, topic = sys.argv[1:]


def publish(payload, retain):
    publisher = make_client(address, version)
    connect(publisher, address, version)
    publisher.publish(topic, payload, qos=1, retain=retain).wait_for_publish(25)
    goodbye(publisher)


def come_later():
    """What a new subscriber sees first. A message that is not retained follows, so that it always sees one."""
    received = []
    subscriber = make_client(address, version)
    subscriber.on_message = lambda client, userdata, message: received.append(message)
    connect(subscriber, address, version)
    subscribe(subscriber, topic, 1)
    publish("live", retain=False)
    wait_until(lambda: received)
    goodbye(subscriber)
    print(f"retain={received[0].retain}", received[0].payload.decode())


publish("left for you", retain=True)
come_later()
publish("", retain=True)
come_later()
