// The chosen fees against the chosen money: says before sending whether the parts add up.
for (const form of document.querySelectorAll("[data-adds-up]")) {
  const said = form.querySelector("[data-sum]")
  const total = (name) => [...form.querySelectorAll(`[data-${name}]:checked`)].reduce((n, box) => n + Number(box.dataset[name]), 0)
  const say = () => {
    const due = total("yen")
    const rest = Number(form.dataset.addsUp) + total("left") - due
    const borne = rest < 0 && -rest <= Number(form.dataset.tolerance)
    const words = rest === 0 ? said.dataset.fits : rest > 0 ? said.dataset.over : borne ? said.dataset.borne : said.dataset.short
    said.textContent = words.replace("{n}", Math.abs(rest).toLocaleString("ja-JP"))
    said.hidden = due === 0
  }
  form.addEventListener("change", say)
  say()
}
