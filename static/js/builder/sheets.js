// Dialogs over the page: opened one at a time, closed by their button or Escape, and Ctrl+Enter
// presses their main button.

import { all, find, onPress } from "./elements.js";

/**
 * @param {string} id
 * @returns {HTMLDialogElement}
 */
export function sheetNamed(id) {
  return /** @type {HTMLDialogElement} */ (find(`dialog#${id}`));
}

/** Whether something lies over the page. */
export function sheetOpen() {
  return document.querySelector("dialog[open]") !== null;
}

/**
 * Show a sheet, with new contents where they are given; the focus enters on the first control.
 * @param {HTMLDialogElement} sheet
 * @param {{title?: string, body?: readonly Node[]}} [contents]
 */
export function openSheet(sheet, { title, body } = {}) {
  if (sheetOpen()) return false;
  const place = find("[data-sheet-body]", sheet);
  if (title) find("h2", sheet).textContent = title;
  if (body) place.replaceChildren(...body);
  // Beside an open dialog nothing is heard, so the voice comes along.
  sheet.append(find("#announce"));
  sheet.showModal();
  all("[autofocus], dl[tabindex], a, input, select, button", place).find((it) =>
    it.checkVisibility()
  )?.focus();
  return true;
}

export function watchSheets() {
  onPress("[data-close]", (button) => button.closest("dialog")?.close());
  for (const sheet of all("dialog.sheet")) {
    sheet.addEventListener("close", () => {
      if (!sheetOpen()) document.body.append(find("#announce"));
    });
    sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      const main = sheet.querySelector(".button-main");
      if (main instanceof HTMLElement) main.click();
    });
  }
}
