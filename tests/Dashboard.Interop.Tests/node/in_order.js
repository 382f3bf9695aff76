// Publishes many small messages in one go and looks whether they arrive complete and in order.
//   node in_order.js ws://localhost:9001 4 1 some/topic 5000
const mqtt = require("mqtt");

const [address, version, qos, topic, count] = process.argv.slice(2);
const options = { protocolVersion: Number(version), reconnectPeriod: 0 };

async function main() {
  const subscriber = await mqtt.connectAsync(address, options);
  const publisher = await mqtt.connectAsync(address, options);
  await subscriber.subscribeAsync(topic, { qos: Number(qos) });

  let next = 0;
  const complete = new Promise((resolve, reject) => {
    subscriber.on("message", (from, payload) => {
      if (payload.toString() !== String(next)) reject(new Error(`${payload} came instead of ${next}`));
      if (++next === Number(count)) resolve();
    });
  });

  for (let i = 0; i < Number(count); i++) {
    publisher.publish(topic, String(i), { qos: Number(qos) });
  }

  await complete;
  await publisher.endAsync();
  await subscriber.endAsync();
  console.log(`${next} in order`);
}

main();
