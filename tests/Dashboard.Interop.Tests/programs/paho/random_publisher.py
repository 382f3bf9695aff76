"""Publishes a random number every few seconds.

python3 random_publisher.py localhost 1883 sensors/random 5
"""
import random
import sys
import time

import paho.mqtt.client as mqtt

host, port, topic, seconds = sys.argv[1:]

client = mqtt.Client("random-publisher")
client.connect(host, int(port))
client.loop_start()

while True:
    number = random.randint(0, 100)
    client.publish(topic, number)
    print("published", number, flush=True)
    time.sleep(float(seconds))
