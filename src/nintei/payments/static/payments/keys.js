// For those who wish: j and k go from transfer to transfer; Enter then does what is focused. Typing is left alone.
const steps = { j: 1, k: -1 }
document.addEventListener("keydown", (event) => {
  const step = steps[event.key]
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return
  const lines = [...document.querySelectorAll(".line")]
  const here = lines.findIndex((line) => line.contains(document.activeElement))
  const next = lines[here < 0 ? (step > 0 ? 0 : lines.length - 1) : here + step]
  const target = next && next.querySelector("button, a, summary")
  if (!target) return
  event.preventDefault()
  target.focus()
  next.scrollIntoView({ block: "nearest" })
})
