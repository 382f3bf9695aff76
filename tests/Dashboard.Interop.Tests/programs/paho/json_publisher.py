"""Publishes a measurement as JSON every few seconds.

python3 json_publisher.py localhost 1883 sensors/json 5
"""
import json
import random
import sys
import time

import paho.mqtt.client as mqtt

host, port, topic, seconds = sys.argv[1:]

client = mqtt.Client("json-publisher")
client.connect(host, int(port))
client.loop_start()

while True:
    measurement = {
        "time": time.time(),
        "place": "Küche",
        "temperature": round(random.uniform(18, 24), 2),
    }
    client.publish(topic, json.dumps(measurement, ensure_ascii=False))
    print("published", measurement["temperature"], flush=True)
    time.sleep(float(seconds))
