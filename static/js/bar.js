// Results under the search field of the bar. Without this module its form leads to the same ones.

import { askWhileTyping, countWords } from "./asking.js";

/** @param {HTMLFormElement} form */
function follow(form) {
  const field = form.querySelector("[data-search]");
  const box = form.querySelector("[data-bar-results]");
  const count = form.querySelector("[data-bar-count]");
  if (!(field instanceof HTMLInputElement) || !(box instanceof HTMLElement) || !count) return;
  const input = field;
  const results = box;

  function close() {
    results.hidden = true;
  }

  /** @param {string} html */
  function show(html) {
    results.innerHTML = html;
    results.hidden = !form.contains(document.activeElement);
    const found = results.querySelector("[data-count]");
    const number = found instanceof HTMLElement ? Number(found.dataset.count) : 0;
    if (count) count.textContent = countWords(number);
  }

  function clear() {
    results.replaceChildren();
    if (count) count.textContent = "";
    close();
  }

  /** @param {number} by */
  function step(by) {
    const stops = [input, ...results.querySelectorAll("a")];
    const here = stops.findIndex((stop) => stop === document.activeElement);
    stops[(here + by + stops.length) % stops.length].focus();
  }

  const typed = askWhileTyping(input, "bar", show, clear);
  input.addEventListener("focus", () => {
    results.hidden = !results.firstElementChild;
  });
  form.addEventListener("keydown", (event) => {
    if (results.hidden || event.isComposing) return;
    if (event.key === "Escape") {
      input.focus();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      step(event.key === "ArrowDown" ? 1 : -1);
    } else {
      return;
    }
    event.preventDefault();
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !form.contains(relatedTarget)) close();
  });
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Node && !form.contains(target)) close();
  });
  typed();
}

// Comes when the field is used first, on which something may be written by now.
const form = document.querySelector("[data-bar-search]");
if (form instanceof HTMLFormElement) follow(form);
