// Downloads begin when everything is saved, so that no file is older than the screen.

import { all, onPress } from "./elements.js";

/** @import { Say } from "./messages.js" */

/**
 * @param {object} options
 * @param {string} options.url the page of the posting
 * @param {() => Promise<boolean>} options.flush
 * @param {Say} options.say
 */
export function createDownload({ url, flush, say }) {
  /** @param {HTMLElement} button */
  async function download(button) {
    if (button.ariaBusy === "true") return;
    const done = begin(button);
    try {
      const file = `${url}/download.${button.dataset.download}`;
      if (!await flush()) return say(NOT_SAVED, { error: true });
      // The file is made now and kept ready, so that a refusal is told here, on this page.
      const answer = await fetch(file, { method: "HEAD" });
      if (!answer.ok) return say(NOT_MADE, { error: true });
      location.assign(file);
      const name = button.dataset.download === "pdf" ? "PDF" : "HTML file";
      const open = all("#missing:not([hidden]), [aria-invalid=true]").length;
      const state = open ? " as it stands, with details to correct or fill in" : "";
      say(`Your ${name} is downloading${state}.`);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      say(OUT_OF_REACH, { error: true });
    } finally {
      done();
    }
  }

  async function copyLink() {
    const link = new URL(url, location.href).href;
    // Pages without a certificate have no clipboard.
    if (!navigator.clipboard) return say(`The link is ${link}`, { error: true });
    await navigator.clipboard.writeText(link);
    say("Link copied");
  }

  onPress("[data-download]", download);
  onPress("[data-copy-link]", copyLink);
}

const NOT_MADE = "This file could not be made right now. Nothing was lost. Try again in a minute.";
const NOT_SAVED = "The newest changes are not saved yet, so nothing was downloaded. Try again.";
const OUT_OF_REACH = "The server can not be reached, so nothing was downloaded. Try again.";

/** @param {HTMLElement} button */
function begin(button) {
  const words = [...button.childNodes];
  button.style.minWidth = `${button.getBoundingClientRect().width}px`;
  button.textContent = "Preparing...";
  button.ariaBusy = "true";
  return () => {
    button.replaceChildren(...words);
    button.style.minWidth = "";
    button.ariaBusy = null;
  };
}
