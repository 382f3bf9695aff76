"""Makes a client for an address such as mqtt://localhost:1883 or ws://localhost:8080/mqtt, for MQTT 3.1.1 or 5."""
import time
from urllib.parse import urlparse

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

ONE_HOUR = 3600


def make_client(address, version, client_id="", clean=True):
    over_websocket = urlparse(address).scheme == "ws"
    client = mqtt.Client(
        client_id,
        clean_session=None if version == "5" else clean,
        protocol=mqtt.MQTTv5 if version == "5" else mqtt.MQTTv311,
        transport="websockets" if over_websocket else "tcp",
    )
    if over_websocket:
        client.ws_set_options(path=urlparse(address).path)
    return client


def connect(client, address, version, clean=True):
    """Connects, and returns when the broker has said yes, with the connection kept alive in the background."""
    answers = []
    if version == "5":
        client.on_connect = lambda client, userdata, flags, reason, properties: answers.append((reason, flags))
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = 0 if clean else ONE_HOUR
        options = {"clean_start": clean, "properties": properties}
    else:
        client.on_connect = lambda client, userdata, flags, reason: answers.append((reason, flags))
        options = {}

    url = urlparse(address)
    client.connect(url.hostname, url.port, **options)
    while not answers:
        client.loop()

    reason, flags = answers[0]
    if reason != 0:
        raise SystemExit(f"refused: {reason}")
    client.loop_start()
    return flags


def subscribe(client, topic, qos):
    """Subscribes, and returns when the broker has granted it."""
    granted = []
    client.on_subscribe = lambda client, userdata, mid, *answer: granted.append(mid)
    _, mid = client.subscribe(topic, qos)
    wait_until(lambda: mid in granted)


def wait_until(condition, seconds=25):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("waited in vain")
        time.sleep(0.01)


def goodbye(client):
    client.disconnect()
    client.loop_stop()
