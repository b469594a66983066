// The link to the posting onto the clipboard.

/** @import { Say } from "./messages.js" */

/**
 * Returns what copies it.
 * @param {string} url the page of the posting
 * @param {Say} say
 */
export function createCopying(url, say) {
  return async () => {
    const link = new URL(url, location.href).href;
    // Pages without a certificate have no clipboard.
    if (!navigator.clipboard) return say(`The link is ${link}`, { error: true });
    await navigator.clipboard.writeText(link);
    say("Link copied");
  };
}
