// Copy the address of a shared comparison, and print. Without this script one selects the field, or prints from the menu.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.querySelector("[data-copied]");
  button.classList.add("is-ready");
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    status.textContent = status.dataset.copied;
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.classList.add("is-ready");
  button.addEventListener("click", () => print());
}
