"""MQTT as a small board speaks it: 3.1.1 on a plain socket, clean session, no keep alive, QoS 0, one byte at a time.

It never waits for a message: the board's main loop calls check_msg() between its other work.

python3 micropython_client.py localhost 1883 board/led board/answer
"""
import socket
import struct
import sys
import time


class BoardClient:
    def __init__(self, client_id, host, port, on_message):
        self.client_id = client_id
        self.address = (host, port)
        self.on_message = on_message
        self.sock = None

    def connect(self):
        self.sock = socket.create_connection(self.address)
        clean_session = 0x02
        keep_alive = 0
        body = text("MQTT") + struct.pack("!BBH", 4, clean_session, keep_alive) + text(self.client_id)
        self.sock.sendall(b"\x10" + length(len(body)) + body)
        answer = self.read(4)
        if answer != b"\x20\x02\x00\x00":
            raise OSError(f"refused: {answer.hex(' ')}")

    def publish(self, topic, payload):
        body = text(topic) + payload
        self.sock.sendall(b"\x30" + length(len(body)) + body)

    def subscribe(self, topic):
        body = struct.pack("!H", 1) + text(topic) + b"\x00"
        self.sock.sendall(b"\x82" + length(len(body)) + body)
        while self.wait_packet() != 0x90:
            pass

    def check_msg(self):
        """Handles one packet when one is waiting."""
        self.sock.setblocking(False)
        try:
            self.wait_packet()
        except BlockingIOError:
            pass
        finally:
            self.sock.setblocking(True)

    def wait_packet(self):
        kind = self.read(1)[0]
        self.sock.setblocking(True)
        size = self.read_length()
        if kind & 0xF0 != 0x30:
            self.read(size)
            return kind
        topic_size = struct.unpack("!H", self.read(2))[0]
        topic = self.read(topic_size).decode()
        self.on_message(topic, self.read(size - topic_size - 2))
        return kind

    def read(self, count):
        data = b""
        while len(data) < count:
            byte = self.sock.recv(1)
            if not byte:
                raise OSError("the broker closed the connection")
            data += byte
        return data

    def read_length(self):
        value = shift = 0
        while True:
            byte = self.read(1)[0]
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def disconnect(self):
        self.sock.sendall(b"\xe0\x00")
        self.sock.close()


def text(value):
    data = value.encode()
    return struct.pack("!H", len(data)) + data


def length(value):
    data = b""
    while value > 0x7F:
        data += bytes([value & 0x7F | 0x80])
        value >>= 7
    return data + bytes([value])


host, port, led_topic, answer_topic = sys.argv[1:]
switched = []


def on_message(topic, payload):
    print("received", topic, payload.decode(), flush=True)
    switched.append(payload)
    board.publish(answer_topic, b"LED is " + payload)


board = BoardClient("board", host, int(port), on_message)
board.connect()
board.subscribe(led_topic)
print("subscribed", flush=True)

while b"stop" not in switched:
    board.check_msg()
    time.sleep(0.005)

board.disconnect()
