// The topics that this browser mutes.
const key = "muted-topics";

export function read() {
  try {
    const topics = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(topics) ? topics.filter(topic => typeof topic === "string") : [];
  } catch {
    return []; // no storage, or something else wrote there
  }
}

export function write(topics) {
  try {
    localStorage.setItem(key, JSON.stringify(topics));
  } catch {
    // Without storage they are muted until the page is left.
  }
}
