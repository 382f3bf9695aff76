// The menu of a row in a list: a long press, the other button of the mouse or the menu key asks for it.

const long = 500; // milliseconds that a finger rests
const still = 10; // pixels that it may move meanwhile

export function watchMenu(list, menu, view) {
  let by = "mouse";
  let at = null;
  let timer = 0;
  let opened = false; // by the touch that is going on, which is no click any more, neither on the row nor on the menu under it

  const ask = (row, x, y) => row && view.invokeMethodAsync("OpenMenu", row.dataset.row, x, y);
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
  };
  const press = () => {
    stop();
    opened = true;
    ask(at.row, at.x, at.y);
  };

  list.addEventListener("pointerdown", event => {
    stop();
    by = event.pointerType;
    opened = false;
    if (by === "touch") {
      at = { row: event.target.closest("[data-row]"), x: event.clientX, y: event.clientY };
      timer = setTimeout(press, long);
    }
  }, { passive: true });
  list.addEventListener("pointermove", event => {
    if (timer && Math.hypot(event.clientX - at.x, event.clientY - at.y) > still) {
      stop();
    }
  }, { passive: true });
  list.addEventListener("pointerup", stop, { passive: true });
  list.addEventListener("pointercancel", stop, { passive: true });
  list.addEventListener("keydown", () => by = "key");
  list.addEventListener("contextmenu", event => {
    event.preventDefault();
    if (by === "touch") {
      if (timer) {
        press(); // some browsers know a long press themselves, and sooner
      }
    } else if (by === "key") {
      const row = list.querySelector("[data-chosen]");
      const place = row?.getBoundingClientRect();
      ask(row, place?.left + 24, place?.bottom);
    } else {
      ask(event.target.closest("[data-row]"), event.clientX, event.clientY);
    }
  });
  for (const element of [list, menu]) {
    element.addEventListener("click", event => {
      if (opened) {
        event.stopPropagation();
        event.preventDefault();
      }
    }, { capture: true });
  }
  menu.addEventListener("pointerdown", () => opened = false, { passive: true });
  menu.addEventListener("keydown", () => opened = false);
  menu.addEventListener("click", () => opened || menu.close()); // what was chosen is heard, and beside it nothing is
  list.dataset.hasMenu = "";
}

// At a place of the window, and wholly in it.
export function showMenu(menu, x, y) {
  if (!menu.open) {
    menu.showModal();
  }
  const margin = 8;
  menu.style.left = `${Math.max(margin, Math.min(x, innerWidth - menu.offsetWidth - margin))}px`;
  menu.style.top = `${Math.max(margin, Math.min(y, innerHeight - menu.offsetHeight - margin))}px`;
}
