// The colour scheme: "system", "light" or "dark". Runs in <head>, before the first paint.
// The server renders the choice from the cookie; localStorage holds it too, should the cookie be lost.
(() => {
  const order = ["system", "light", "dark"];
  const root = document.documentElement;

  function apply(theme) {
    root.dataset.theme = theme;
    for (const sheet of document.querySelectorAll("link[data-scheme]")) {
      const scheme = sheet.dataset.scheme;
      sheet.media = theme === "system" ? `(prefers-color-scheme: ${scheme})` : theme === scheme ? "all" : "not all";
    }
  }

  function remember(theme) {
    const path = new URL(document.baseURI).pathname;
    document.cookie = `theme=${theme}; path=${path}; max-age=31536000; samesite=lax`;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // Storage is forbidden here: the cookie is enough.
    }
  }

  function remembered() {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  }

  const theme = remembered();
  if (order.includes(theme) && theme !== root.dataset.theme) {
    apply(theme);
    remember(theme);
  }

  document.addEventListener("click", event => {
    if (event.target.closest("[data-theme-toggle]")) {
      const next = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
      apply(next);
      remember(next);
    }
  });
})();
