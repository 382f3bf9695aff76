// A chart is read through a range slider that lies over it: keys and fingers move it by themselves, the mouse does here.

const pace = 60; // milliseconds between two looks at the pointer

export function followPointer(slider) {
  let timer = 0;
  let x = 0;
  const read = () => {
    timer = 0;
    const frame = slider.getBoundingClientRect();
    const value = Math.round((x - frame.left) / frame.width * slider.max);
    if (value >= 0 && value <= slider.max && String(value) !== slider.dataset.read) {
      slider.dataset.read = slider.value = value;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  slider.addEventListener("pointermove", event => {
    if (event.pointerType === "mouse") {
      x = event.clientX;
      timer ||= setTimeout(read, pace);
    }
  }, { passive: true });
  slider.addEventListener("pointerleave", () => {
    clearTimeout(timer);
    timer = 0;
    delete slider.dataset.read;
  });
}
