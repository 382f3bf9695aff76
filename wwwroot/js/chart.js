// Dragging a chart moves its time, by parts of its width.
const pace = 80; // milliseconds between two messages to the server

export function watchDrag(plot, view) {
  let from = null;
  let sent = 0;
  const move = event => {
    const part = (from - event.clientX) / plot.clientWidth;
    from = event.clientX;
    sent = performance.now();
    if (part) {
      view.invokeMethodAsync("Pan", part);
    }
  };
  plot.addEventListener("pointerdown", event => {
    from = event.clientX;
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", event => {
    if (from !== null && performance.now() - sent > pace) {
      move(event);
    }
  });
  plot.addEventListener("pointerup", event => {
    if (from !== null) {
      move(event);
      from = null;
    }
  });
  plot.addEventListener("pointercancel", () => { from = null; });
  plot.dataset.canBeDragged = "";
}
