// Keys for the queue, only where somebody has switched them on: single letters would disturb others (WCAG 2.1.4).
"use strict";
(() => {
  const box = document.querySelector("[data-keys]");
  if (!box) return;
  const button = box.querySelector("[data-keys-switch]");
  const open = box.querySelector("[data-keys-open]");
  const help = box.querySelector("[data-keys-help]");
  let on = false;
  const show = () => {
    button.setAttribute("aria-pressed", String(on));
    open.hidden = !on;
    tell(on && !help.hidden);
  };
  const tell = (shown) => {
    help.hidden = !shown;
    open.setAttribute("aria-expanded", String(shown));
    if (shown) help.scrollIntoView({ block: "nearest" });
  };
  open.addEventListener("click", () => tell(help.hidden));
  try { on = localStorage.getItem("nintei-keys") === "on"; } catch { /* no storage: for this page only */ }
  box.hidden = false;
  show();
  button.addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem("nintei-keys", on ? "on" : "off"); } catch { /* as above */ }
    show();
  });
  const move = (step) => {
    const links = [...document.querySelectorAll(".queue a")];
    const current = links.findIndex((link) => link.getAttribute("aria-current") === "true");
    const at = links.indexOf(document.activeElement);
    const next = links[(at === -1 ? current : at) + step] || (at === -1 && current === -1 ? links[0] : null);
    if (next) next.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const find = document.getElementById("q");
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "?") tell(help.hidden);
    else if (event.key === "/" && find) { event.preventDefault(); find.focus(); }
  });
})();
