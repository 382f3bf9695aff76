// The command palette: Ctrl+K opens it, the arrows move the choice, Enter goes there. The list itself comes from the server.
(() => {
  const palette = () => document.querySelector("[data-palette]");
  const options = () => [...palette().querySelectorAll("[role=option]")];
  let chosen = 0;
  let wanted = false;

  function choose(index) {
    const all = options();
    chosen = all.length ? (index + all.length) % all.length : 0;
    all.forEach((option, i) => option.setAttribute("aria-selected", i === chosen));
    const input = palette().querySelector("input");
    input.toggleAttribute("aria-activedescendant", all.length > 0);
    if (all.length) {
      input.setAttribute("aria-activedescendant", all[chosen].id);
      all[chosen].scrollIntoView({ block: "nearest" });
    }
  }

  function open() {
    const dialog = palette();
    if (!dialog || dialog.open) {
      return;
    }
    wanted = true;
    dialog.showModal();
    dialog.addEventListener("close", () => wanted = false, { once: true });
    const input = dialog.querySelector("input");
    input.focus();
    input.select();
    choose(0);
    if (!dialog.dataset.watched) {
      dialog.dataset.watched = "";
      // A new list from the server begins at its first line.
      new MutationObserver(() => choose(0)).observe(dialog.querySelector("[role=listbox]"), { childList: true, subtree: true, characterData: true });
    }
  }

  // The page that came alive has a palette of its own: whoever opened the picture of it goes on there.
  window.paletteCameAlive = () => wanted && open();

  document.addEventListener("keydown", event => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      palette()?.open ? palette().close() : open();
      return;
    }
    if (!palette()?.open) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      options()[chosen]?.click();
    }
  });

  document.addEventListener("click", event => {
    if (event.target.closest("[data-palette-open]")) {
      open();
    } else if (event.target.closest("[data-palette-close]") || event.target === palette() || event.target.closest("[data-palette] a")) {
      palette().close();
    }
  });
})();
