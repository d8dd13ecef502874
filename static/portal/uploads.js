// Sends large files of a form in pieces, and goes on after a cut or a reload; without it, the form sends them whole.
const place = document.querySelector(".desk-uploads");
const form = place.closest("form");
const input = form.querySelector('input[type="file"]');
const status = form.querySelector(".desk-upload-status");
const button = form.querySelector('input[type="submit"]');
const token = form.querySelector('[name="csrfmiddlewaretoken"]').value;
const { address, tooLarge } = place.dataset;
const pieceSize = Number(place.dataset.piece);

class Refused extends Error {}

const wait = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });

// Once the network is back, but no later than after a while: browsers do not always say it.
const online = (seconds) => Promise.race([
  wait(seconds),
  new Promise((done) => { window.addEventListener("online", done, { once: true }); }),
]);

async function ask(method, where, options = {}) {
  const headers = { "X-CSRFToken": token, ...options.headers };
  return fetch(where, { method, credentials: "same-origin", redirect: "manual", ...options, headers });
}

// A service that starts again, or a piece that arrived damaged, are asked again; a sentence of the server ends the upload.
async function stateOf(answer, tries = 0) {
  if (answer.ok) return answer.json();
  const told = answer.headers.get("Content-Type") === "application/json" ? (await answer.json()).sentence : "";
  if (answer.status >= 500 && answer.status !== 507) throw new Error();
  if (answer.status === 409 && tries < 5) throw new Error(told);
  throw new Refused(told || "Votre session est finie, ou l’envoi est refusé : rechargez la page, puis choisissez de nouveau le fichier, il reprend.");
}

async function digest(piece) {
  // Only where the site is served by HTTPS, or on this machine.
  if (!window.crypto.subtle) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await piece.arrayBuffer()));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// The same piece again after a cut, from where the server says that it is.
async function persist(say, once) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await once(tries);
    } catch (error) {
      if (error instanceof Refused) throw error;
      const seconds = Math.min(30, 2 ** tries);
      const fault = error instanceof TypeError || !error.message ? "La connexion est coupée." : error.message;
      say(`${fault} Nouvel essai dans ${seconds} s : rien de ce qui est arrivé n’est perdu.`);
      await online(seconds);
    }
  }
}

async function sendPiece(file, state, say) {
  const piece = file.slice(state.offset, state.offset + pieceSize);
  const headers = {
    "Content-Type": "application/octet-stream",
    "Upload-Offset": String(state.offset),
    "Upload-Sha256": await digest(piece),
  };
  return persist(say, async (tries) => {
    // What a cut took may have been received all the same.
    const known = tries ? await stateOf(await ask("GET", state.address)) : state;
    if (known.offset !== state.offset) return known;
    return stateOf(await ask("PATCH", state.address, { body: piece, headers }), tries);
  });
}

function lineOf(file) {
  const line = document.createElement("p");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  bar.max = file.size || 1;
  bar.setAttribute("aria-label", file.name);
  line.append(`${file.name} `, bar, " ", words);
  place.append(line);
  return (offset) => {
    bar.value = offset;
    words.textContent = `${file.size ? Math.floor((100 * offset) / file.size) : 100} %`;
    status.textContent = "";
  };
}

async function send(file) {
  const show = lineOf(file);
  const say = (sentence) => { status.textContent = `${file.name} : ${sentence}`; };
  const about = new URLSearchParams({ name: file.name, size: file.size, mark: file.lastModified });
  let state = await persist(say, async () => stateOf(await ask("POST", address, { body: about })));
  show(state.offset);
  while (state.offset < file.size) {
    state = await sendPiece(file, state, say);
    show(state.offset);
  }
  return state.token;
}

function refuse(sentence) {
  place.replaceChildren();
  status.className = "desk-upload-status errornote";
  status.textContent = sentence;
}

async function sendAll(files) {
  button.disabled = true;
  place.replaceChildren();
  status.className = "desk-upload-status";
  try {
    for (const file of files) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "uploads", value: await send(file) });
      form.append(field);
    }
    input.value = "";
    input.required = false;
    form.submit();
  } catch (error) {
    form.querySelectorAll('[name="uploads"]').forEach((field) => field.remove());
    refuse(error.message);
    button.disabled = false;
  }
}

form.addEventListener("submit", (event) => {
  const files = [...input.files];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > Number(place.dataset.most)) {
    event.preventDefault();
    refuse(tooLarge);
  } else if (size > pieceSize) {
    event.preventDefault();
    sendAll(files);
  }
});

// Files may be dropped anywhere on the form.
form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  if (event.target === input || !event.dataTransfer.files.length) return;
  event.preventDefault();
  input.files = event.dataTransfer.files;
});
