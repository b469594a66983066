// Messages at the bottom left, one at a time, and words for who does not see the page.

import { find, make, makeButton } from "./elements.js";

/** @import { Desk, Step } from "./types.d.ts" */
/** @typedef {{undo?: () => void, seconds?: number, error?: boolean}} SayOptions */
/** @typedef {(text: string, options?: SayOptions) => void} Say */

const SMALL = { class: "button button-small" };
const SECONDS = 6;
const SECONDS_WITH_UNDO = 10;

/** @param {string} text */
export function announce(text) {
  const region = find("#announce");
  region.textContent = "";
  // The same words again are news only after nothing was there.
  setTimeout(() => (region.textContent = text), 50);
}

/** @param {Desk} desk */
export function createMessages(desk) {
  const place = find("#messages");
  /** @type {Step | null} */
  let latest = null;
  let timer = 0;
  let seconds = 0;
  let undoable = false;

  function close() {
    clearTimeout(timer);
    seconds = 0;
    place.replaceChildren();
  }

  function run() {
    clearTimeout(timer);
    if (seconds) timer = setTimeout(close, seconds * 1000);
  }

  /** @param {string} text @param {SayOptions} [options] errors stay until they are closed */
  function say(text, { undo, seconds: wanted, error = false } = {}) {
    close();
    const message = make("div", { class: "message" }, make("span", {}, text));
    announce(text);
    undoable = undo !== undefined;
    if (undo) message.append(makeButton("Undo", undoOf(latest, undo), SMALL));
    if (error) message.append(makeButton("Close", close, SMALL));
    seconds = error ? 0 : wanted ?? (undo ? SECONDS_WITH_UNDO : SECONDS);
    place.append(message);
    run();
  }

  /**
   * Takes back the step that the message is about, also when others came after it.
   * @param {Step | null} step
   * @param {() => void} undo
   */
  function undoOf(step, undo) {
    return () => {
      close();
      if (step && step !== latest) desk.edit(`Undo: ${step.label}`, step.inverse);
      else undo();
    };
  }

  desk.onChange(({ cause, step }) => {
    if (cause === "edit") latest = step;
    else if ((cause === "undo" || cause === "redo") && undoable) close();
  });
  for (const kind of ["mouseenter", "focusin"]) {
    place.addEventListener(kind, () => clearTimeout(timer));
  }
  for (const kind of ["mouseleave", "focusout"]) place.addEventListener(kind, run);
  return Object.freeze({ say, close, showing: () => place.firstChild !== null });
}
