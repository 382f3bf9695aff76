// Starts Blazor, and brings the page back by itself when its connection to the server is lost: it tries for ever, ever more
// calmly, and at once when the tab is looked at again. A server that has restarted no longer knows the page: then it reloads.
(() => {
  const waits = [0.2, 0.5, 1, 1, 2, 2, 3, 5]; // seconds; the last one repeats
  const bar = document.getElementById("connection-lost");
  let down = false;
  let wake = () => {};

  function pause(seconds) {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, seconds * 1000);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function serverAnswers() {
    try {
      return (await fetch("health", { cache: "no-store" })).ok;
    } catch {
      return false;
    }
  }

  async function comeBack() {
    for (let attempt = 0; down; attempt++) {
      await pause(waits[Math.min(attempt, waits.length - 1)]);
      if (!down || !(await serverAnswers())) {
        continue;
      }
      try {
        if (!(await Blazor.reconnect())) {
          location.reload(); // the server lives, but this page's circuit is gone
          return;
        }
      } catch {
        // Not yet.
      }
    }
  }

  const reconnectionHandler = {
    onConnectionDown() {
      if (!down) {
        down = true;
        bar.textContent = bar.dataset.text;
        comeBack();
      }
    },
    onConnectionUp() {
      down = false;
      bar.textContent = "";
    },
  };

  document.addEventListener("visibilitychange", () => wake());
  window.addEventListener("online", () => wake());

  Blazor.start({ circuit: { reconnectionHandler } });
})();
