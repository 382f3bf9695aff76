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
