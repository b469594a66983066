// Results on the library page while typing. Without this module the form shows the same page.

const PAUSE = 150;
const SHORTEST = 2;

/**
 * @template {HTMLElement} Kind
 * @param {string} selector
 * @param {new () => Kind} kind
 */
function find(selector, kind) {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`The page has no ${selector}`);
  return found;
}

const form = find(".hero-search", HTMLFormElement);
const field = find(".hero-search [data-search]", HTMLInputElement);
const results = find("[data-search-results]", HTMLElement);
const rest = find("[data-search-rest]", HTMLElement);
const count = find("[data-search-count]", HTMLElement);

let timer = 0;
let asked = new AbortController();
let shown = field.value.trim();

/** @param {number} found */
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

/** @param {string} html */
function show(html) {
  results.innerHTML = html;
  results.hidden = false;
  rest.hidden = true;
  say(Number(find("[data-search-results] [data-count]", HTMLElement).dataset.count));
}

/** @param {string} query */
async function look(query) {
  asked.abort();
  asked = new AbortController();
  const { signal } = asked;
  const address = new URL(form.action);
  address.search = String(new URLSearchParams({ q: query, part: "results" }));
  try {
    const answer = await fetch(address, { signal });
    if (!answer.ok || answer.redirected) return;
    const html = await answer.text();
    shown = query;
    show(html);
  } catch (error) {
    // Overtaken by a newer question, or offline: what is on the page stays.
    if (!signal.aborted && !(error instanceof TypeError)) throw error;
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
