// The live builder on the page of a posting: makes every part and joins them.

import { followParts } from "./arrange.js";
import { createContests } from "./contests.js";
import { createCopying } from "./copying.js";
import { createDesk } from "./desk.js";
import { all, counted, find, make, makeButton, onPress } from "./elements.js";
import { takeEarly } from "./early.js";
import { createErrors } from "./errors.js";
import { createFields } from "./fields.js";
import { createHistory } from "./history.js";
import { createLevel } from "./level.js";
import { createLines } from "./lines.js";
import { createLinks } from "./links.js";
import { announce, createMessages, onFirstUse } from "./messages.js";
import { createPlaces } from "./places.js";
import { apply, newId, partOrder } from "./posting.js";
import { createPages, createPreview } from "./preview.js";
import { createRecovery } from "./recovery.js";
import { createSaver } from "./saver.js";
import { openSheet, sheetNamed, watchSheets } from "./sheets.js";
import { createShortcuts } from "./shortcuts.js";
import { createStrip } from "./strip.js";
import { createTabs } from "./tabs.js";

/** @import { BuilderData, Recovered, SaveState } from "./types.d.ts" */

const SAVED = "All changes saved";
const PAUSE = 1000;

/** @type {BuilderData} */
const data = JSON.parse(find("#builder-data").textContent ?? "");
const { id } = data;
const { person } = data.state;
const url = `/postings/${id}`;
const form = find("#posting-form");
const signedOut = sheetNamed("signed-out-sheet");
let typed = 0;
let asking = 0;

const tabs = createTabs({ id });
const desk = createDesk({ state: data.state, history: createHistory({ person, id }) });
takeEarly(desk, form);
const { say, close } = createMessages(desk);
const saver = createSaver({
  desk,
  tabs,
  id,
  csrf: data.state.csrf,
  onState: showState,
});
const askAboutContests = createContests(desk, form, saver.now);

const errors = createErrors(desk, form);
const askFor = createStrip();
createPlaces({ desk, errors, say });
createFields(desk, form);
createLines({ desk, data, announce, say });
followParts(desk);
const markFocused = createLinks(form);
const markChanged = createLevel(desk);
const server = { desk, url, csrf: () => saver.csrf };
const pages = createPages(server, data.paper);
const preview = createPreview(server, Number(form.dataset.previewWait ?? 0), (answer) => {
  markFocused();
  markChanged();
  pages.draw();
  askFor(answer.missing);
  errors.setFaults(answer.faults);
});
createCopying(url, say);
createShortcuts({ desk, form, save, closeMessage: close });
watchSheets();

const fromLibrary = onFirstUse(
  () => import("./offers.js"),
  (it) => it.createLibrary({ desk, url, sections: data.sections, say, newId }),
  say,
);
const changeLevel = onFirstUse(
  () => import("./levelSheet.js"),
  (it) => it.createLevelSheet({ desk, url, flush, say, apply }),
  say,
);
const arrange = onFirstUse(
  () => import("./arranging.js"),
  (it) => {
    const order = () => partOrder(desk.posting);
    return it.createArrange({ desk, titles: data.parts, announce, order });
  },
  say,
);
const download = onFirstUse(
  () => import("./download.js"),
  (it) => it.createDownload({ url, flush, say }),
  say,
);
onPress("[data-library]", async (button) => (await fromLibrary())?.(button.dataset.library ?? ""));
onPress("[data-level]", async (button) => (await changeLevel())?.(button.dataset.level ?? ""));
onPress("[data-download]", async (button) => (await download())?.(button));
onPress("[data-arrange]", async () => (await arrange())?.());

createRecovery({
  desk,
  tabs,
  person,
  id,
  onRecovered: offer,
  onTrouble: (message) => say(message, { error: true }),
});

form.addEventListener("input", () => (typed = Date.now()));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
onPress("[data-retry]", () => saver.retry());
onPress("[data-choose]", askAboutContests);
desk.onChange(({ notes }) => {
  if (notes.length) say(notes.map((note) => note.replace(/\.?$/, ".")).join(" "));
});
form.dataset.ready = "";

/** Whether the server has everything; what holds it up is asked or said. */
async function flush() {
  const done = await saver.flush();
  if (!done) askAboutContests();
  return done;
}

async function save() {
  if (await flush()) announce(SAVED);
}

/** @param {SaveState} state */
function showState(state) {
  const saved = find("[data-saved]");
  // Of a count only the first number is news.
  const counting = unnumbered(saved.textContent ?? "") === unnumbered(state.text);
  saved.ariaLive = counting ? "off" : "polite";
  saved.textContent = state.text;
  find("[data-retry]").hidden = !state.retry;
  find("[data-choose]").hidden = !desk.contests.length;
  clearTimeout(asking);
  // Not in the middle of a word: what is typed into a sheet goes nowhere.
  if (state.signedOut) asking = setTimeout(askToSignIn, typed + PAUSE - Date.now());
  else signedOut.close();
  if (state.text !== SAVED) return;
  preview();
  pages.ask();
}

/** @param {string} text */
function unnumbered(text) {
  return text.replace(/\d+/g, "");
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
  const notice = make("div", { class: "notice notice-amber" }, text);
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
  announce(text);
}
