// A signature drawn with a finger, a pen or a mouse, beside the typed name that signs. Nobody has to.
(() => {
  const box = document.querySelector("[data-draw]");
  if (!box || !box.querySelector("canvas").getContext) return;
  const pad = box.querySelector("canvas"), ink = pad.getContext("2d");
  const kept = box.querySelector("[name=drawn]"), clear = box.querySelector("[data-clear]");
  const said = box.querySelector("[data-drawn]");
  let last = null;
  box.hidden = false;
  const blank = () => {
    ink.clearRect(0, 0, pad.width, pad.height);
    ink.lineWidth = 4; ink.lineCap = ink.lineJoin = "round"; ink.strokeStyle = "#000";
    kept.value = ""; said.textContent = ""; clear.disabled = true;
  };
  const place = (event) => {
    const frame = pad.getBoundingClientRect();
    return [(event.clientX - frame.left) * pad.width / frame.width, (event.clientY - frame.top) * pad.height / frame.height];
  };
  const draw = (event) => {
    if (!last) return;
    const here = place(event);
    ink.beginPath(); ink.moveTo(...last); ink.lineTo(...here); ink.stroke();
    last = here;
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId); last = place(event); draw(event); event.preventDefault();
  });
  pad.addEventListener("pointermove", draw);
  const end = () => {
    if (!last) return;
    last = null; kept.value = pad.toDataURL("image/png"); said.textContent = said.dataset.drawn; clear.disabled = false;
  };
  pad.addEventListener("pointerup", end);
  pad.addEventListener("pointercancel", end);
  clear.addEventListener("click", () => { blank(); pad.scrollIntoView({ block: "nearest" }); });
  blank();
})();
