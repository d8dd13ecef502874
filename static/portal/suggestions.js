// Suggestions under the search field (ARIA combobox), and "use my position". Without this script the form does all.
const PAUSE = 150;

function combobox(input) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  let options = [];
  let active = -1;
  let timer;
  let request;
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestionsLabel);
  status.className = "fr-sr-only";
  status.setAttribute("role", "status");
  input.parentElement.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"],
    ["aria-controls", list.id]]) input.setAttribute(name, value);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function activate(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  function option({ texte, nature, adresse }, index) {
    const item = document.createElement("li");
    const kind = document.createElement("span");
    item.id = `${list.id}-${index}`;
    item.className = "suggestions__item";
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.address = adresse;
    kind.className = "suggestions__kind";
    kind.textContent = nature;
    item.append(texte, " ", kind);
    return item;
  }

  function show({ suggestions, annonce }) {
    close();
    options = suggestions.map(option);
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = annonce;
  }

  async function suggest() {
    request?.abort();
    const query = input.value.trim();
    if (query.length < 2) return close();
    request = new AbortController();
    const parameters = new URLSearchParams({ q: query });
    for (const { name, value } of input.form.querySelectorAll("[type=hidden]")) parameters.append(name, value);
    try {
      const answer = await fetch(`${input.dataset.suggestions}?${parameters}`, { signal: request.signal });
      if (answer.ok && document.activeElement === input) show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const last = options.length - 1;
    if (event.key === "ArrowDown") activate(active < last ? active + 1 : 0);
    else if (event.key === "ArrowUp") activate(active > 0 ? active - 1 : last);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) location.assign(options[active].dataset.address);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", () => {
    clearTimeout(timer);
    request?.abort();
  });
  // Before the field loses the focus, which closes the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-address]");
    if (chosen) location.assign(chosen.dataset.address);
  });
}

function position(button) {
  const { form } = button;
  const status = form.querySelector("[data-position-status]");
  if (!("geolocation" in navigator)) {
    button.hidden = true;
    return;
  }
  button.classList.add("is-ready");
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const parameters = new URLSearchParams(new FormData(form));
        for (const name of ["ville", "lieu", "page"]) parameters.delete(name);
        // Two decimals: about a kilometre. Nothing more precise leaves this device.
        parameters.set("position", `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`);
        location.assign(`${form.getAttribute("action")}?${parameters}`);
      },
      () => {
        status.textContent = button.dataset.refused;
      },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
}

document.querySelectorAll("[data-suggestions]").forEach(combobox);
document.querySelectorAll("[data-position]").forEach(position);
