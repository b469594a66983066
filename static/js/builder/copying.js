// The link to the posting onto the clipboard.

import { onPress } from "./elements.js";

/** @import { Say } from "./messages.js" */

/** @param {string} url the page of the posting @param {Say} say */
export function createCopying(url, say) {
  async function copyLink() {
    const link = new URL(url, location.href).href;
    // Pages without a certificate have no clipboard.
    if (!navigator.clipboard) return say(`The link is ${link}`, { error: true });
    await navigator.clipboard.writeText(link);
    say("Link copied");
  }

  onPress("[data-copy-link]", copyLink);
}
