// What a long list needs of the browser: where the pointer is, whether the list is at its top, and rows that stay where they are.

const quiet = 1000; // milliseconds after the last move of the pointer

// Tells when the pointer moves over the rows, so that none of them moves away under a click.
export function watchPointer(list, view) {
  let timer = 0;
  const release = () => {
    clearTimeout(timer);
    timer = 0;
    view.invokeMethodAsync("PointerMoves", false);
  };
  const hold = () => {
    if (!timer) {
      view.invokeMethodAsync("PointerMoves", true);
    }
    clearTimeout(timer);
    timer = setTimeout(release, quiet);
  };
  list.addEventListener("pointermove", hold, { passive: true });
  list.addEventListener("pointerdown", hold, { passive: true });
  list.addEventListener("pointerleave", () => timer && release());
}

// A mouse that does not move tells nothing of itself to what comes later.
const mouseRestsOn = element => matchMedia("(hover: hover)").matches && element.matches(":hover");

// Tells whether a mouse rests over the rows: as long as it does, they are not put into another order.
export function watchRest(list, view) {
  if (mouseRestsOn(list)) {
    view.invokeMethodAsync("PointerRests", true);
  }
  list.addEventListener("pointerenter", event => event.pointerType === "mouse" && view.invokeMethodAsync("PointerRests", true));
  list.addEventListener("pointerleave", event => event.pointerType === "mouse" && view.invokeMethodAsync("PointerRests", false));
}

// Tells when the list leaves its top, which may have been before this came, and when it is there again.
export function watchTop(list, view) {
  let atTop = true;
  const look = () => {
    if ((list.scrollTop < 8) !== atTop) {
      atTop = !atTop;
      view.invokeMethodAsync("TopChanged", atTop);
    }
  };
  list.addEventListener("scroll", look, { passive: true });
  look();
}

export function toTop(list) {
  list.scrollTop = 0;
}

// Brings a row into sight by its number, as it may not be in the document yet. A list that has just come is not as long yet as
// it will be, and cannot be scrolled that far before.
export async function reveal(list, index) {
  const rowHeight = () => list.querySelector("[data-row]")?.offsetHeight ?? 36;
  for (let frame = 0; frame < 60 && list.isConnected && list.scrollHeight < (index + 1) * rowHeight(); frame++) {
    await new Promise(requestAnimationFrame);
  }
  const height = rowHeight();
  const top = index * height;
  if (top < list.scrollTop) {
    list.scrollTop = top;
  } else if (top + height > list.scrollTop + list.clientHeight) {
    list.scrollTop = top + height - list.clientHeight;
  }
}

// When rows come or go above, the row under the pointer (or else the first one in sight) keeps its place.
export function keepPlace(list) {
  let anchor = null;
  let pointer = null; // where a mouse is over the rows

  // In the list's own coordinates: where the person has scrolled to meanwhile does not matter.
  const place = row => row.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
  const hold = row => {
    anchor = row && list.contains(row) ? { key: row.dataset.row, place: place(row) } : null;
  };

  const remember = () => {
    const frame = list.getBoundingClientRect();
    const at = pointer ?? { x: frame.left + 8, y: frame.top + 2 };
    hold(document.elementFromPoint(at.x, at.y)?.closest("[data-row]"));
  };

  // A list can scroll as far as its rows are longer than it: while a mouse rests on a short one, room below them does instead.
  const makeRoom = scrollTop => {
    const end = list.lastElementChild;
    const lacking = list.clientHeight + scrollTop - place(end) - end.offsetHeight;
    list.style.paddingBottom = lacking > 0 ? `${lacking}px` : "";
  };

  const restore = () => {
    const row = anchor && list.querySelector(`[data-row="${CSS.escape(anchor.key)}"]`);
    const moved = row ? place(row) - anchor.place : 0;
    if (Math.abs(moved) >= 1 && (pointer || list.scrollTop > 0)) {
      if (pointer) {
        makeRoom(list.scrollTop + moved);
      }
      list.scrollTop += moved;
    }
    remember();
  };

  list.addEventListener("pointermove", event => {
    pointer = event.pointerType === "mouse" ? { x: event.clientX, y: event.clientY } : null;
    remember();
  }, { passive: true });
  const letGo = () => {
    pointer = null;
    list.style.paddingBottom = "";
  };

  list.addEventListener("pointerleave", () => {
    letGo();
    remember();
  });
  list.addEventListener("keydown", event => {
    letGo();
    if (["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"].includes(event.key)) {
      event.preventDefault(); // they move the chosen row, not the picture
    }
    hold(list.querySelector("[data-chosen]"));
  });
  list.addEventListener("scroll", remember, { passive: true });
  const resting = list.querySelector("[data-row]:hover");
  if (resting && mouseRestsOn(list)) {
    const row = resting.getBoundingClientRect();
    pointer = { x: row.left + 8, y: row.top + row.height / 2 };
  }
  remember();
  new MutationObserver(restore).observe(list, { childList: true, subtree: true });
}
