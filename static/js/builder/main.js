// The live builder on the page of a posting: makes every part and joins them.

import { followParts } from "./arrange.js";
import { createDesk } from "./desk.js";
import { controlNamed, find, onPress } from "./elements.js";
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
import { sheetNamed, watchSheets } from "./sheets.js";
import { createShortcuts } from "./shortcuts.js";
import { createStrip } from "./strip.js";
import { createTabs } from "./tabs.js";

/** @import { BesideAnswer, BuilderData, SaveState } from "./types.d.ts" */

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
let noted = false;

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
const contests = onFirstUse(
  () => import("./contests.js"),
  (it) => it.createContests(desk, form, saver.now),
  say,
);

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
  errors.setFaults(answer.faults);
  askFor(answer.missing);
  note(answer);
});
note(data);
createShortcuts({ desk, form, save, closeMessage: close });
watchSheets();

/**
 * What the first press of a button brings, and every press then does.
 * @template Module
 * @param {string} selector
 * @param {() => Promise<Module>} load
 * @param {(module: Module) => (button: HTMLElement) => void} create
 */
function onFirstPress(selector, load, create) {
  const use = onFirstUse(load, create, say);
  onPress(selector, async (button) => (await use())?.(button));
}

const order = () => partOrder(desk.posting);
onFirstPress(
  "[data-library]",
  () => import("./offers.js"),
  (it) => it.createLibrary({ desk, url, sections: data.sections, say, newId }),
);
onFirstPress(
  "[data-level]",
  () => import("./levelSheet.js"),
  (it) => it.createLevelSheet({ desk, url, flush, say, apply }),
);
onFirstPress(
  "[data-arrange]",
  () => import("./arranging.js"),
  (it) => it.createArrange({ desk, titles: data.parts, announce, order }),
);
onFirstPress(
  "[data-download]",
  () => import("./download.js"),
  (it) => it.createDownload({ url, flush, say }),
);

onFirstPress(
  "[data-copy-link]",
  () => import("./copying.js"),
  (it) => it.createCopying(url, say),
);

const notices = onFirstUse(
  () => import("./notices.js"),
  (it) => it.createNotices({ say, announce, resume: saver.resume }),
  say,
);

createRecovery({
  desk,
  tabs,
  person,
  id,
  onRecovered: async (recovered) => (await notices())?.offer(recovered),
  onTrouble: (message) => say(message, { error: true }),
}).then(saver.start);

form.addEventListener("input", () => (typed = Date.now()));
form.addEventListener("change", ({ target }) => {
  if (target === controlNamed("requisition")) import("../requisition.js");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});
onPress("[data-retry]", () => saver.retry());
onPress("[data-choose]", askAboutContests);
desk.onChange(({ notes }) => {
  if (desk.contests.length) contests();
  if (notes.length) say(notes.map((note) => note.replace(/\.?$/, ".")).join(" "));
});
form.dataset.ready = "";

/** Whether the server has everything; what holds it up is asked or said. */
async function flush() {
  const done = await saver.flush();
  if (!done) askAboutContests();
  return done;
}

/** @param {BesideAnswer} answer */
function note(answer) {
  noted ||= answer.noted;
  // Where this does not come, the server refuses all the same.
  if (noted) import("./beside.js").then((it) => it.note(answer, desk, say));
}

async function askAboutContests() {
  if (desk.contests.length) (await contests())?.();
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
  if (state.signedOut) asking = setTimeout(askAgain, typed + PAUSE - Date.now());
  else signedOut.close();
  if (desk.counter > data.state.counter) form.dataset.edited = "";
  if (state.text !== SAVED) return;
  preview();
  pages.ask();
}

/** @param {string} text */
function unnumbered(text) {
  return text.replace(/\d+/g, "");
}

async function askAgain() {
  (await notices())?.askToSignIn();
}
