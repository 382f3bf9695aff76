// What C# calls.
let watcher;

export function watchVisibility(tab) {
  unwatchVisibility();
  watcher = () => tab.invokeMethodAsync("VisibilityChanged", document.hidden);
  document.addEventListener("visibilitychange", watcher);
  watcher();
}

export function unwatchVisibility() {
  document.removeEventListener("visibilitychange", watcher);
}

export function replaceAddress(address) {
  history.replaceState(history.state, "", address);
}

// What this browser remembers between two visits; where storage is forbidden, nothing.
export function remember(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // Forbidden or full: it is not remembered.
  }
}

export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
