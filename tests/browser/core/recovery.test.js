/// <reference lib="deno.ns" />

import { equal, ok, set, setLine } from "./builders.js";
import { createChannels, createTab, settle } from "./world.js";
import { alone, visit } from "./visits.js";

const DAY = 24 * 60 * 60 * 1_000;

/** A person's browser, in which no save arrives until `net.fetch` is mended. */
function begin() {
  const made = alone();
  const works = made.net.fetch;
  made.net.fetch = () => Promise.reject(new TypeError("no net"));
  const [local, channels, limits] = [new Map(), createChannels(), { room: Infinity }];
  const { clock, fetch, server } = made;
  /** @param {Map<string, string>} [session] @param {number} [person] */
  function open(session = new Map(), person = 7) {
    const tab = createTab({ clock, fetch, local, session, channels, limits });
    return visit({ server, tab, person });
  }
  const unsent = () => [...local.keys()].filter((key) => key.startsWith("jobdesc:unsent:"));
  const mend = () => (made.net.fetch = works);
  return { clock, server, local, limits, open, unsent, mend };
}

/** @param {ReturnType<typeof visit>} page @param {string} title */
function type({ desk }, title) {
  desk.edit("Typing", [set("title", desk.posting.title, title)], { merge: "title" });
}

Deno.test("what was typed before a crash is offered, and kept as one step", async () => {
  const { clock, server, open, unsent, mend } = begin();
  const first = open();
  await clock.pass(150);
  type(first, "A");
  first.desk.edit("Typing", [setLine("a", "Do a.", "Mine")]);
  await clock.pass(100);
  first.tab.close();
  const at = clock.now();
  await clock.pass(60_000);
  mend();
  const second = open();
  await clock.pass(150);
  equal(second.offers.map(({ count, at }) => [count, at]), [[2, at - 100 + 100]]);
  equal([second.desk.posting.title, unsent().length], ["Nurse", 1]);
  second.offers[0].keep();
  equal(second.desk.posting.title, "A");
  ok(await second.saver.flush(), "all is saved");
  await clock.pass(100);
  equal([server.posting.title, unsent()], ["A", []]);
  second.desk.undo();
  equal(second.desk.posting.title, "Nurse");
});

Deno.test("what is discarded is gone; what makes no difference is not offered", async () => {
  const { clock, server, open, unsent, mend } = begin();
  const first = open();
  await clock.pass(150);
  type(first, "A");
  first.tab.close();
  const second = open();
  await clock.pass(150);
  second.offers[0].discard();
  equal(unsent(), []);
  type(second, "B");
  second.tab.close();
  mend();
  server.save("another-1", [set("title", "Nurse", "B")]);
  const third = open();
  await clock.pass(150);
  equal([third.offers, unsent()], [[], []]);
});

Deno.test("a reload brings back silently what was not saved, under the number it was sent with", async () => {
  const { clock, server, open, unsent, mend } = begin();
  const session = new Map();
  const first = open(session);
  await clock.pass(150);
  type(first, "A");
  await clock.pass(900);
  type(first, "AB");
  first.tab.fire("pagehide");
  first.tab.close();
  mend();
  const second = open(session);
  await clock.pass(150);
  equal([second.desk.posting.title, second.offers], ["AB", []]);
  equal([second.desk.canUndo, second.desk.batch?.changes], [true, [set("title", "Nurse", "A")]]);
  await clock.pass(2_000);
  equal([server.posting.title, unsent()], ["AB", []]);
});

Deno.test("a save that lands after the page was loaded again is no contest", async () => {
  const { clock, server, open, mend } = begin();
  const session = new Map();
  const first = open(session);
  await clock.pass(150);
  type(first, "A");
  first.tab.fire("pagehide");
  first.tab.close();
  const second = open(session);
  await clock.pass(150);
  const batch = second.desk.batch;
  server.save(batch?.save ?? "", [...(batch?.changes ?? [])]);
  type(second, "AB");
  mend();
  await clock.pass(6_000);
  equal([second.desk.contests, server.posting.title, second.desk.unsaved], [[], "AB", false]);
});

Deno.test("what is typed before the former words are back is not lost to them", async () => {
  const { clock, open } = begin();
  const session = new Map();
  const first = open(session);
  await clock.pass(150);
  type(first, "Before");
  first.tab.fire("pagehide");
  first.tab.close();
  const second = open(session);
  type(second, "After");
  await clock.pass(150);
  equal(second.desk.contests, [{ control: "title", mine: "After", theirs: "Before" }]);
});

Deno.test("a contest is one after a reload, too", async () => {
  const { clock, server, open, mend } = begin();
  const session = new Map();
  mend();
  const first = open(session);
  await clock.pass(150);
  type(first, "Mine");
  server.save("another-1", [set("title", "Nurse", "Theirs")]);
  equal(await first.saver.flush(), false);
  first.tab.fire("pagehide");
  first.tab.close();
  const second = open(session);
  await clock.pass(5_000);
  equal(second.desk.contests, [{ control: "title", mine: "Mine", theirs: "Theirs" }]);
  equal(server.posting.title, "Theirs");
});

Deno.test("a tab that lives is left alone, and a duplicated tab gets a name of its own", async () => {
  const { clock, open, unsent } = begin();
  const session = new Map();
  const first = open(session);
  await clock.pass(150);
  type(first, "A");
  const copy = open(new Map(session));
  await clock.pass(150);
  ok(copy.tabs.id !== first.tabs.id, "another name");
  equal([copy.offers, unsent().length], [[], 1]);
});

Deno.test("a tab that crashed and came back is asked, not told", async () => {
  const { clock, open, unsent } = begin();
  const session = new Map();
  const first = open(session);
  await clock.pass(150);
  type(first, "A");
  await clock.pass(100);
  first.tab.close();
  const second = open(session);
  await clock.pass(150);
  equal([second.offers.length, second.desk.posting.title, unsent().length], [1, "Nurse", 1]);
  type(second, "B");
  await clock.pass(100);
  equal(unsent().length, 2);
  second.offers[0].keep();
  equal(second.desk.posting.title, "A");
  equal(second.desk.contests, [{ control: "title", mine: "A", theirs: "B" }]);
});

Deno.test("records of other people are not read, old ones of mine are removed", async () => {
  const { clock, local, open, unsent } = begin();
  local.set("jobdesc:unsent:8:5:other", "this is not even a record");
  const first = open();
  await clock.pass(150);
  type(first, "A");
  first.tab.close();
  await clock.pass(31 * DAY);
  const second = open();
  await clock.pass(150);
  equal([second.offers, unsent()], [[], ["jobdesc:unsent:8:5:other"]]);
});

Deno.test("where there is no room it goes on without, and says so once", async () => {
  const { clock, limits, open } = begin();
  limits.room = 0;
  const page = open();
  await clock.pass(150);
  type(page, "A");
  await clock.pass(200);
  type(page, "AB");
  await clock.pass(200);
  equal(page.troubles.length, 1);
});

Deno.test("a record is written at once, then at most every 100 ms, and before the page is left", async () => {
  const { clock, local, open, unsent } = begin();
  const page = open();
  await clock.pass(150);
  const kept = () => unsent().map((key) => JSON.parse(local.get(key)).here.title)[0];
  type(page, "A");
  equal(kept(), "A");
  type(page, "AB");
  equal(kept(), "A");
  await clock.pass(100);
  equal(kept(), "AB");
  type(page, "ABC");
  page.tab.fire("pagehide");
  await settle();
  equal(kept(), "ABC");
});
