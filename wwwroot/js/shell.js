// What the browser does without asking the server: keys, copy buttons, the skip link, closing the "More" sheet.
(() => {
  const typing = "input, textarea, select, [contenteditable], [role=textbox]";
  const openDialog = ".rz-dialog-wrapper, dialog[open]";
  const pressable = "button, a, summary, [role=button], [role=tab], [role=switch], [role=checkbox], [role=treeitem], [role=row]";

  // Where the keyboard was outside the details when they were opened.
  let opener = null;
  document.addEventListener("click", event => {
    if (!event.target.closest(".detail")) {
      opener = event.target.closest(pressable);
    }
  });

  function closeDetails() {
    const close = document.querySelector(".detail [data-close-details]");
    if (close) {
      close.click();
      (opener?.isConnected ? opener : document.querySelector(".panes [tabindex='0']"))?.focus();
    }
  }

  // "/" goes to the page's search box, space presses its pause button, "?" shows the keys, Escape closes the details.
  document.addEventListener("keydown", event => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) {
      return;
    }
    if (document.querySelector(openDialog)) {
      return;
    }
    const search = document.querySelector("input[data-search], [data-search] input");
    const pause = document.querySelector("[data-pause]");
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === " " && pause && !event.target.closest(pressable)) {
      event.preventDefault();
      pause.click();
    } else if (event.key === "?") {
      document.querySelector("[data-keys]")?.showModal();
    } else if (event.key === "Escape") {
      closeDetails();
    }
  });

  // Ctrl+Enter, or Cmd+Enter, presses the button that sends what is being written.
  document.addEventListener("keydown", event => {
    const button = document.querySelector("[data-submit]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && button && !document.querySelector(openDialog)) {
      event.preventDefault();
      button.click();
    }
  });

  function select(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // What is drawn may be folded, indented, or show pictures for what cannot be seen: then the element carries what it stands for.
  // Blanks at the ends are part of a topic or payload, but not of a command.
  function textOf(source) {
    const text = source.dataset.copyValue ?? source.textContent;
    return source.dataset.copyText === "trimmed" ? text.trim() : text;
  }

  // navigator.clipboard exists on https and localhost only; in a classroom's plain http the old way has to do.
  async function copy(source) {
    try {
      await navigator.clipboard.writeText(textOf(source));
      return "yes";
    } catch {
      select(source);
      const give = event => {
        event.clipboardData.setData("text/plain", textOf(source));
        event.preventDefault();
      };
      document.addEventListener("copy", give, { once: true });
      const isDone = document.execCommand("copy");
      document.removeEventListener("copy", give);
      return isDone ? "yes" : "by-hand";
    }
  }

  document.addEventListener("click", async event => {
    if (event.target.closest(".skip-link")) {
      event.preventDefault(); // the router would scroll, but leave the focus where it is
      document.getElementById("content").focus();
    }

    event.target.closest("[popover] a")?.closest("[popover]").hidePopover();

    const button = event.target.closest("[data-copy]");
    if (button) {
      const around = button.closest("[data-copy-around]") ?? button.parentElement;
      button.dataset.copied = await copy(around.querySelector("[data-copy-text]"));
      setTimeout(() => delete button.dataset.copied, 2500);
    }
  });
})();
