// Asks every second and a half how far the import is; when it has ended, the page goes on by itself.
const watched = () => document.querySelector("[data-watch]")
const look = async () => {
  const answer = await fetch(`${location.pathname}?watch=1`, { headers: { Accept: "text/html" } })
  if (!answer.ok || answer.redirected) return location.reload()
  const page = new DOMParser().parseFromString(await answer.text(), "text/html")
  const now = page.querySelector("[data-watch]")
  if (!now || "ended" in now.dataset) return location.reload()
  watched().replaceChildren(...now.childNodes)
  setTimeout(look, 1500)
}
if (watched()) setTimeout(look, 1000)
