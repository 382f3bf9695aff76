"""Connects with a will and stays, until somebody pulls the plug.

python3 last_will.py mqtt://localhost:1883 4 some/topic "I am gone"
"""
import sys
import threading

from connection import connect, make_client

address, version, topic, will = sys.argv[1:]

client = make_client(address, version)
client.will_set(topic, will, qos=1)
connect(client, address, version)
print("connected", flush=True)
threading.Event().wait()
