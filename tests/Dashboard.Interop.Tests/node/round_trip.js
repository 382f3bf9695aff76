// Sends itself three messages at one quality of service.
//   node round_trip.js ws://localhost:9001 5 2 some/topic
const mqtt = require("mqtt");

const [address, version, qos, topic] = process.argv.slice(2);
const options = { protocolVersion: Number(version), reconnectPeriod: 0 };
const payloads = ["one", "Grüße 🌍", "x".repeat(100_000)];

async function main() {
  const client = await mqtt.connectAsync(address, options);
  const received = [];
  const complete = new Promise(resolve => {
    client.on("message", (from, payload, packet) => {
      const text = payload.toString();
      received.push(`${from} qos=${packet.qos} ${text.length < 50 ? text : text.length}`);
      if (received.length === payloads.length) resolve();
    });
  });

  await client.subscribeAsync(topic, { qos: Number(qos) });
  for (const payload of payloads) {
    await client.publishAsync(topic, payload, { qos: Number(qos) });
  }

  await complete;
  await client.endAsync();
  console.log(received.join("\n"));
}

main();
