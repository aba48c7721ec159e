// What is typed is saved as one goes. Where that fails somebody is told, and it is tried again until it works.
(() => {
  const AGAIN = 5000;
  let failed = false, timer = 0;
  const told = (kind, words) => {
    document.querySelectorAll("[data-unsaved]").forEach((line) => {
      line.hidden = line.dataset.unsaved !== kind;
      if (words && !line.hidden) line.querySelector("span").textContent = words;
    });
  };
  const saves = (event) => event.target.closest && event.target.closest("[data-autosave]");
  const retry = () => {
    clearTimeout(timer);
    const box = failed && document.querySelector("[data-autosave]");
    if (box) box.dispatchEvent(new CustomEvent("again"));
  };
  const fails = (event, kind, words) => {
    if (!saves(event)) return;
    failed = true;
    told(kind, words);
    clearTimeout(timer);
    timer = setTimeout(retry, AGAIN);
  };
  document.addEventListener("htmx:sendError", (event) => fails(event, "net"));
  document.addEventListener("htmx:timeout", (event) => fails(event, "net"));
  document.addEventListener("htmx:responseError", (event) => {
    const answer = event.detail.xhr;
    const plain = (answer.getResponseHeader("Content-Type") || "").startsWith("text/plain");
    if (answer.status === 403 && document.querySelector("[data-unsaved=session]")) fails(event, "session");
    else fails(event, "net", plain ? answer.responseText : "");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!saves(event) || !event.detail.successful) return;
    failed = false;
    told("");
  });
  window.addEventListener("online", retry);
  // Signing in again (in another tab) brings a new form cookie: the page goes on with that one.
  const freshen = () => {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (cookie) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((box) => { box.value = cookie[1]; });
    return cookie && cookie[1];
  };
  document.addEventListener("htmx:configRequest", (event) => {
    const token = saves(event) && freshen();
    if (token) event.detail.parameters.set("csrfmiddlewaretoken", token);
  });
  document.addEventListener("submit", freshen, true);
  // Whoever leaves with something unsaved is asked first; sending the form is no leaving.
  let sending = false;
  document.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => { if (failed && !sending) event.preventDefault(); });
  // What was typed in the moment before leaving is saved on the way out: a phone put away, a tab closed.
  let edits = 0, asked = 0, saved = 0;
  const edited = (event) => { if (event.target.closest("form:has([data-autosave])")) edits += 1; };
  document.addEventListener("input", edited);
  document.addEventListener("change", edited);
  document.addEventListener("htmx:configRequest", (event) => { if (saves(event)) asked = edits; });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (saves(event) && event.detail.successful) saved = asked;
  });
  const unsaved = () => {
    const box = !sending && saved < edits && document.querySelector("[data-autosave]");
    if (!box) return null;
    freshen();
    const typed = [...new FormData(box.closest("form"))].filter(([, value]) => typeof value === "string");
    return { place: box.getAttribute("hx-post"), body: new URLSearchParams(typed) };
  };
  const leave = () => {
    const rest = unsaved();
    if (rest) navigator.sendBeacon(rest.place, rest.body);
  };
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });
  // The page behind a link, this one in English perhaps, shows what was typed: it waits for it, a second at most.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const elsewhere = !link || link.target || event.button || event.ctrlKey || event.metaKey || event.shiftKey;
    const rest = !elsewhere && unsaved();
    if (!rest) return;
    event.preventDefault();
    fetch(rest.place, { method: "POST", body: rest.body, signal: AbortSignal.timeout(1000) })
      .then((answer) => { if (answer.ok) saved = edits; })
      .catch(() => {})
      .finally(() => { location.href = link.href; });
  });
})();
