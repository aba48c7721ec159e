// Ticks every box of the list, or none when all are ticked. Without this script the button stays hidden.
"use strict";
for (const button of document.querySelectorAll("[data-tick-all]")) {
  const boxes = [...button.form.querySelectorAll("input[name=paper]")];
  button.hidden = false;
  button.addEventListener("click", () => {
    const wanted = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = wanted;
  });
}
