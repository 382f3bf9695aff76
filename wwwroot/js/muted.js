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

// Into what stands there now: another tab may have written meanwhile.
export function change(added, removed) {
  try {
    const kept = read().filter(topic => !removed.includes(topic) && !added.includes(topic));
    localStorage.setItem(key, JSON.stringify([...kept, ...added]));
  } catch {
    // Without storage they are muted until the page is left.
  }
}

// Tells what other tabs write.
export function watch(view) {
  const tell = event => event.key === key && view.invokeMethodAsync("Stored", read());
  addEventListener("storage", tell);
  return { end: () => removeEventListener("storage", tell) };
}
