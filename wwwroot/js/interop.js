// What C# calls.
export function watchVisibility(tab) {
  const tell = () => tab.invokeMethodAsync("VisibilityChanged", document.hidden);
  document.addEventListener("visibilitychange", tell);
  tell();
  return { end: () => document.removeEventListener("visibilitychange", tell) };
}

export function replaceAddress(address) {
  history.replaceState(history.state, "", address);
}

// How far the reader's clock is ahead of UTC.
export function minutesEast() {
  return -new Date().getTimezoneOffset();
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
