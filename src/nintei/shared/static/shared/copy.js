// A button that copies what stands in the element it names. Without this script the button stays hidden.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy);
    const words = (source.value ?? source.textContent).trim();
    if (source.select) source.select();
    await navigator.clipboard.writeText(words);
    button.querySelector("[data-said]").textContent = button.dataset.done;
  });
}
