// What is rarely asked: whether recovered words are kept, and to sign in again.

import { all, counted, find, make, makeButton } from "./elements.js";
import { openSheet, sheetNamed } from "./sheets.js";

/** @import { Say } from "./messages.js" */
/** @import { Recovered } from "./types.d.ts" */

/**
 * @param {object} options
 * @param {Say} options.say
 * @param {(text: string) => void} options.announce
 * @param {() => void} options.resume goes on once somebody has signed in again
 */
export function createNotices({ say, announce, resume }) {
  /** @param {Recovered} recovered */
  function offer({ count, at, keep, discard }) {
    const text = `Recovered ${counted(count, "change")} from ${momentOf(at)}.`;
    const notice = make("div", { class: "notice notice-amber" }, text);
    /** @param {string} word @param {() => void} act */
    const answer = (word, act) => {
      const take = () => {
        notice.remove();
        act();
      };
      notice.append(makeButton(word, take, { class: "button button-small" }));
    };
    answer("Keep", keep);
    answer("Discard", () => {
      discard();
      say("Discarded the recovered changes.", { undo: keep });
    });
    find("#edit").prepend(notice);
    announce(text);
  }

  function askToSignIn() {
    for (const open of all("dialog[open]")) sheetNamed(open.id).close();
    const words = "Your words are kept on this device. Sign in again, then continue.";
    const said = make("p", {}, words);
    const main = { class: "button button-main", autofocus: "" };
    const signIn = make("a", { ...main, href: "/sign-in", target: "_blank" }, "Sign in");
    const go = makeButton("Continue", resume, { class: "button" });
    const foot = make("div", { class: "sheet-foot" }, signIn, go);
    openSheet(sheetNamed("signed-out-sheet"), { body: [said, foot] });
  }

  return { offer, askToSignIn };
}

/** The time, with its day where that is not today. @param {number} at */
function momentOf(at) {
  const day = new Date(at).toDateString() === new Date().toDateString()
    ? {}
    : /** @type {const} */ ({ month: "short", day: "numeric" });
  return new Date(at).toLocaleString("en-US", { ...day, hour: "numeric", minute: "2-digit" });
}
