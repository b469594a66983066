/// <reference lib="deno.ns" />

import { createHistory } from "../../../static/js/builder/history.js";
import { equal, set } from "./builders.js";
import { createClock, createTab } from "./world.js";

/** @param {string} before @param {string} after @param {string} [merge] */
function typed(before, after, merge = "") {
  const changes = [set("title", before, after)];
  return { label: "Typing", changes, inverse: [set("title", after, before)], spot: null, merge };
}

function begin() {
  const clock = createClock();
  const limits = { room: Infinity };
  const fetch = () => Promise.reject(new TypeError("no net"));
  const tab = createTab({ clock, fetch, limits });
  const again = () => createHistory({ person: 1, id: 2, world: tab.world });
  return { clock, limits, tab, again, history: again() };
}

Deno.test("typing within a second in one control is one step", async () => {
  const { clock, history } = begin();
  history.add(typed("", "a", "title"));
  await clock.pass(900);
  history.add(typed("a", "ab", "title"));
  await clock.pass(900);
  history.add(typed("ab", "abc", "title"));
  await clock.pass(1_001);
  history.add(typed("abc", "abcd", "title"));
  history.add(typed("abcd", "x"));
  equal(history.take("undo")?.changes, [set("title", "abcd", "x")]);
  equal(history.take("undo")?.inverse, [set("title", "abcd", "abc")]);
  const first = history.take("undo");
  equal([first?.changes, first?.inverse], [[set("title", "", "abc")], [set("title", "abc", "")]]);
  equal(history.take("undo"), null);
});

Deno.test("a new edit clears what could be redone, and does not merge into what was undone", () => {
  const { history } = begin();
  history.add(typed("", "a", "title"));
  const step = history.take("undo");
  if (step) history.put("redo", step);
  equal([history.canUndo, history.canRedo], [false, true]);
  history.add(typed("", "b", "title"));
  equal([history.canUndo, history.canRedo], [true, false]);
});

Deno.test("two hundred steps survive a reload", async () => {
  const { clock, history, again } = begin();
  for (let n = 0; n < 250; n++) history.add(typed(`${n}`, `${n + 1}`));
  await clock.pass(300);
  const later = again();
  let steps = 0;
  let last = null;
  for (let step = later.take("undo"); step; step = later.take("undo")) {
    [last, steps] = [step, steps + 1];
  }
  equal([steps, last?.changes], [200, [set("title", "50", "51")]]);
});

Deno.test("steps are kept when the page is left at once", () => {
  const { tab, history, again } = begin();
  history.add(typed("", "a"));
  tab.fire("pagehide");
  equal(again().canUndo, true);
});

Deno.test("where there is little room the oldest steps go", async () => {
  const { clock, limits, history, again } = begin();
  limits.room = 1_000;
  for (let n = 0; n < 20; n++) history.add(typed(`${n}`, `${n + 1}`));
  await clock.pass(300);
  const later = again();
  equal(later.take("undo")?.changes, [set("title", "19", "20")]);
  equal(later.canUndo, true);
});
