// Results on the library page while typing. Without this module the form shows the same page.

import { askWhileTyping, countWords } from "./asking.js";

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

const field = find(".hero-search [data-search]", HTMLInputElement);
const results = find("[data-search-results]", HTMLElement);
const rest = find("[data-search-rest]", HTMLElement);
const count = find("[data-search-count]", HTMLElement);

function showAll() {
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
  const found = find("[data-search-results] [data-count]", HTMLElement).dataset.count;
  count.textContent = countWords(Number(found));
}

const typed = askWhileTyping(field, "results", show, showAll);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing || !field.value) return;
  event.preventDefault();
  field.value = "";
  typed();
});
// What was typed before this module came is answered too.
typed();
