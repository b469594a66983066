// Messages at the bottom left, one at a time, and words for who does not see the page.

import { controlNamed, find, make, makeButton } from "./elements.js";

/** @import { Desk, Step } from "./types.d.ts" */
/** @typedef {{undo?: () => void, seconds?: number, error?: boolean}} SayOptions */
/** @typedef {(text: string, options?: SayOptions) => void} Say */

const SMALL = { class: "button button-small" };
const SECONDS = 6;
const SECONDS_WITH_UNDO = 10;
const NOT_LOADED = "This part could not be loaded. Check the connection, then try again.";

/**
 * What comes with its first use, and is made once; null where it cannot come, which is said.
 * @template Module, Made
 * @param {() => Promise<Module>} load
 * @param {(module: Module) => Made} create
 * @param {Say} say
 * @returns {() => Promise<Made | null>}
 */
export function onFirstUse(load, create, say) {
  /** @type {Promise<Made | null> | null} */
  let made = null;
  return () =>
    made ??= load().then(create, () => {
      made = null;
      say(NOT_LOADED, { error: true });
      return null;
    });
}

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
    if (seconds && !place.matches(":hover, :focus-within")) {
      timer = setTimeout(close, seconds * 1000);
    }
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
      const back = step?.inverse.find((change) => change.do === "add-line");
      if (back) controlNamed(`line:${back.line}`)?.focus();
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
  return { say, close };
}
