// Shows again, every two seconds, how far an operation is; without it, the page asks for itself again.
const place = document.querySelector("[data-poll]");

async function look() {
  try {
    const answer = await fetch(place.dataset.poll, { credentials: "same-origin" });
    if (answer.headers.get("X-Operation-Over") === "1" || answer.redirected) {
      window.location.reload();
      return;
    }
    const text = await answer.text();
    // Unchanged, a screen reader has nothing to say again.
    if (answer.ok && text !== place.dataset.shown) {
      place.dataset.shown = text;
      place.innerHTML = text;
    }
  } catch {
    // The network is back at one of the next looks.
  }
  setTimeout(look, 2000);
}

if (place) setTimeout(look, 1000);
