// Results on the library page while typing. Without this module the form shows the same page.

const PAUSE = 150;
const SHORTEST = 2;

const field = document.querySelector(".hero-search [data-search]");
const results = document.querySelector("[data-search-results]");
const rest = document.querySelector("[data-search-rest]");
const count = document.querySelector("[data-search-count]");

let timer = 0;
let asked = new AbortController();
let shown = field.value.trim();

function say(found) {
  const words = found === 1 ? "1 result" : `${found} results`;
  count.textContent = found ? words : "No results";
}

function showAll() {
  shown = "";
  results.hidden = true;
  results.replaceChildren();
  rest.hidden = false;
  count.textContent = "";
}

function show(html) {
  results.innerHTML = html;
  results.hidden = false;
  rest.hidden = true;
  say(Number(results.querySelector("[data-count]").dataset.count));
}

async function look(query) {
  asked.abort();
  asked = new AbortController();
  const address = new URL(field.form.action);
  address.search = new URLSearchParams({ q: query, part: "results" });
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    shown = query;
    show(html);
  } catch (error) {
    if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    // Offline, or overtaken by a newer question: what is on the page stays.
  }
}

function typed() {
  clearTimeout(timer);
  const query = field.value.trim().replace(/\s+/g, " ");
  if (query === shown) return asked.abort();
  if (!query) {
    asked.abort();
    showAll();
  } else if (query.length >= SHORTEST) {
    timer = setTimeout(look, PAUSE, query);
  }
}

field.addEventListener("input", typed);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !field.value) return;
  event.preventDefault();
  field.value = "";
  typed();
});
