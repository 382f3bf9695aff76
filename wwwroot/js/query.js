// The search box of the Messages page: tells the server what is typed and where the caret is, and takes the keys that move in its list.

export function attach(input, view) {
  const isOpen = () => input.getAttribute("aria-expanded") === "true";
  let hasMoved = false; // known here, as the next key may come before the server has drawn what was chosen
  const isChosen = () => isOpen() && hasMoved;
  const tell = () => {
    hasMoved = false;
    view.invokeMethodAsync("Typed", input.value, input.selectionStart ?? input.value.length);
  };

  input.addEventListener("input", tell);
  input.addEventListener("click", tell);
  input.addEventListener("keydown", event => {
    if (event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen()) {
        hasMoved = true;
        view.invokeMethodAsync("Move", event.key === "ArrowDown" ? 1 : -1);
      } else {
        tell();
      }
    } else if (event.key === "Tab" && isChosen() && !event.shiftKey) {
      event.preventDefault();
      hasMoved = false;
      view.invokeMethodAsync("Accept");
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (isChosen()) {
        view.invokeMethodAsync("Accept");
      } else {
        view.invokeMethodAsync("Enter", input.value);
      }
      hasMoved = false;
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      view.invokeMethodAsync("Close");
    }
  });
  input.addEventListener("keyup", event => {
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      tell();
    }
  });
  input.addEventListener("blur", () => view.invokeMethodAsync("Leave", input.value));
}

export function write(input, text, caret) {
  input.value = text;
  if (document.activeElement === input) {
    input.setSelectionRange(caret, caret);
    input.scrollLeft = input.scrollWidth;
  }
}

// The server answers with a file, so the page stays.
export function download(address) {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}
