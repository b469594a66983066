// The live builder on the page of a posting: makes every part and joins them.

import { createArrange } from "./arrange.js";
import { createContests } from "./contests.js";
import { createDesk } from "./desk.js";
import { createDownload } from "./download.js";
import { all, counted, find, make, makeButton, onPress } from "./elements.js";
import { createErrors } from "./errors.js";
import { createFields } from "./fields.js";
import { createHistory } from "./history.js";
import { createLevel } from "./level.js";
import { createLibrary } from "./library.js";
import { createLines } from "./lines.js";
import { createLinks } from "./links.js";
import { announce, createMessages } from "./messages.js";
import { createPlaces } from "./places.js";
import { createPages, createPreview } from "./preview.js";
import { createRecovery } from "./recovery.js";
import { createSaver } from "./saver.js";
import { openSheet, sheetNamed, watchSheets } from "./sheets.js";
import { createShortcuts } from "./shortcuts.js";
import { createStrip } from "./strip.js";
import { createTabs } from "./tabs.js";

/** @import { BuilderData, Recovered, SaveState } from "./types.d.ts" */

const SAVED = "All changes saved";

/** @type {BuilderData} */
const data = JSON.parse(find("#builder-data").textContent ?? "");
const { id, person } = data;
const url = `/postings/${id}`;
const form = find("#posting-form");
const signedOut = sheetNamed("signed-out-sheet");

const tabs = createTabs({ id });
const desk = createDesk({ state: data.state, history: createHistory({ person, id }) });
const { say, close } = createMessages(desk);
const saver = createSaver({ desk, tabs, id, csrf: data.state.csrf, onState: showState });
const { flush } = saver;

const errors = createErrors(desk, form);
const strip = createStrip();
createPlaces({ desk, errors, say });
createFields(desk, form);
createLines({ desk, data, announce, say });
createArrange(desk, data.parts);
const links = createLinks(form);
const level = createLevel({ desk, url, flush, say });
const server = { desk, url, csrf: () => saver.csrf };
const pages = createPages(server, data.paper);
const preview = createPreview(server, Number(form.dataset.previewWait ?? 0), (answer) => {
  links.mark();
  level.mark();
  pages.draw();
  strip.setMissing(answer.missing);
  errors.setFaults(answer.faults);
});
createLibrary({ desk, url, sections: data.sections, say });
createContests(desk, form, saver.now);
createDownload({ url, flush, say });
createShortcuts({ desk, form, save, closeMessage: close });
watchSheets();
createRecovery({
  desk,
  tabs,
  person,
  id,
  onRecovered: offer,
  onTrouble: (message) => say(message, { error: true }),
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
onPress("[data-retry]", () => saver.retry());
desk.onChange(({ notes }) => {
  if (notes.length) say(notes.map((note) => note.replace(/\.?$/, ".")).join(" "));
});
form.dataset.ready = "";

async function save() {
  if (await flush()) announce(SAVED);
}

/** @param {SaveState} state */
function showState(state) {
  find("[data-saved]").textContent = state.text;
  find("[data-retry]").hidden = !state.retry;
  if (state.signedOut) askToSignIn();
  else signedOut.close();
  if (state.text !== SAVED) return;
  preview();
  pages.ask();
}

function askToSignIn() {
  for (const open of all("dialog[open]")) sheetNamed(open.id).close();
  const words = make("p", {}, "Your words are kept on this device. Sign in again, then continue.");
  const signIn = make("a", { class: "button", href: "/sign-in", target: "_blank" }, "Sign in");
  const go = makeButton("Continue", saver.resume, { class: "button button-main" });
  openSheet(signedOut, { body: [words, make("div", { class: "sheet-foot" }, signIn, go)] });
}

/** @param {Recovered} found */
function offer({ count, at, keep, discard }) {
  const day = new Date(at).toDateString() === new Date().toDateString()
    ? {}
    : /** @type {const} */ ({ month: "short", day: "numeric" });
  const time = new Date(at).toLocaleString("en-US", { ...day, hour: "numeric", minute: "2-digit" });
  const text = `Recovered ${counted(count, "change")} from ${time}.`;
  const notice = make("div", { class: "notice notice-amber", role: "status" }, text);
  /** @param {() => void} act */
  const answer = (act) => () => {
    notice.remove();
    act();
  };
  notice.append(
    makeButton("Keep", answer(keep), { class: "button button-small" }),
    makeButton("Discard", answer(discard), { class: "button button-small" }),
  );
  find("#edit").prepend(notice);
}
