// Downloads begin when everything is saved, so that no file is older than the screen. So do the
// pages on which what was written is published or compared, and so does archiving.

import { all } from "./elements.js";

/** @import { Say } from "./messages.js" */

/**
 * Returns what a press of a button does.
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
    const wanted = button.dataset.download ?? "";
    try {
      const file = `${url}/download.${wanted}`;
      if (!await flush()) {
        return say(wanted in PAGES ? UNSAVED_PAGE : UNSAVED, { error: true });
      }
      if (wanted === "archive") return document.forms.namedItem("archive-form")?.submit();
      if (wanted in PAGES) return location.assign(`${url}/${wanted}`);
      // The file is made now and kept ready, so that a refusal is told here, on this page.
      const answer = await fetch(file, { method: "HEAD" });
      if (!answer.ok) return say(REASONS[answer.status] ?? NOT_MADE, { error: true });
      location.assign(file);
      const name = wanted === "pdf" ? "PDF" : "HTML file";
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

  return download;
}

/** @type {{[status: number]: string}} */
const REASONS = {
  401: "You are signed out, so nothing was downloaded. Sign in in another window, then try again.",
  404: "This posting was removed, so there is nothing to download.",
  503: "Many files are being made right now. Try again in a few seconds.",
};
const PAGES = { publish: true, history: true, archive: true };
const NOT_MADE =
  "This file could not be made. Nothing was lost. Try HTML, or ask whoever runs this server.";
const UNSAVED =
  "The newest changes are not saved, so nothing was downloaded. What the bar says comes first.";
const UNSAVED_PAGE = "The newest changes are not saved. What the bar says comes first.";
const OUT_OF_REACH = "The server cannot be reached, so nothing was downloaded. Try again.";

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
