/// <reference lib="deno.ns" />

import { createSaver } from "../../../static/js/builder/saver.js";
import { equal, ok, set } from "./builders.js";
import { answer } from "./server.js";
import { createChannels, createTab, settle } from "./world.js";
import { alone, visit } from "./visits.js";

/** @import { Desk } from "../../../static/js/builder/types.d.ts" */

/** @param {Desk} desk @param {string} title */
function type(desk, title) {
  desk.edit("Typing", [set("title", desk.posting.title, title)], { merge: "title" });
}

/** A fetch that fails in one way, then works again. @param {ReturnType<typeof alone>} made */
function breaking({ net, server }) {
  const works = net.fetch;
  return {
    offline: () => (net.fetch = () => Promise.reject(new TypeError("no net"))),
    /** Keeps the save, but the answer does not arrive. */
    deaf: () => (net.fetch = (path, init) => {
      server.answer(path, init);
      return Promise.reject(new TypeError("cut off"));
    }),
    /** @param {number} status @param {Record<string, string>} [headers] */
    says: (status, headers) => (net.fetch = () => answer(status, { message: "No." }, headers)),
    mend: () => (net.fetch = works),
  };
}

Deno.test("saves 800 ms after the last change", async () => {
  const { desk, server, clock, texts } = alone();
  type(desk, "A");
  await clock.pass(700);
  type(desk, "AB");
  await clock.pass(799);
  equal(server.received, []);
  await clock.pass(1);
  equal([server.posting.title, server.received.length], ["AB", 1]);
  ok(server.received[0].keepalive, "a small save outlives the page");
  equal(texts(), ["", "All changes saved"]);
});

Deno.test("what was typed before the saver was there is saved too", async () => {
  const { server, clock, desk, tabs, tab } = alone();
  type(desk, "A");
  const world = { ...tab.world, fetch: () => Promise.reject(new TypeError("no net")) };
  /** @type {string[]} */
  const texts = [];
  const onState = (/** @type {{text: string}} */ { text }) => void texts.push(text);
  const saver = createSaver({ desk, tabs, id: 5, csrf: server.csrf, onState, world });
  await clock.pass(1);
  equal(texts, []);
  saver.start();
  equal(texts, [""]);
});

Deno.test("saves when a field is left, and only if something changed", async () => {
  const { desk, server, clock, tab, texts } = alone();
  tab.fire("focusout");
  await settle();
  equal(texts(), []);
  type(desk, "A");
  tab.fire("focusout");
  await settle();
  equal([server.posting.title, clock.now() - Date.UTC(2026, 0, 1)], ["A", 0]);
});

Deno.test("a slow save says so after 400 ms; one save is out at a time", async () => {
  const { desk, saver, server, clock, net, texts } = alone();
  const works = net.fetch;
  net.fetch = (path, init) =>
    new Promise((done) => clock.later(() => done(works(path, init)), 500));
  type(desk, "A");
  saver.now();
  await clock.pass(399);
  equal(texts(), [""]);
  type(desk, "AB");
  saver.now();
  await clock.pass(1);
  equal([texts(), server.received.length], [["", "Saving..."], 0]);
  await clock.pass(700);
  equal(server.received.map(({ changes }) => changes), [[set("title", "Nurse", "A")], [
    set("title", "A", "AB"),
  ]]);
  equal(texts().at(-1), "All changes saved");
  ok(new Set(server.received.map(({ save }) => save)).size === 2, "each save has its number");
});

Deno.test("a failed save is tried again after 5, 10, 20, 30 s, counted down", async () => {
  const made = alone();
  const { desk, saver, clock, states, server } = made;
  const net = breaking(made);
  net.says(500);
  type(desk, "A");
  await clock.pass(800);
  const waits = [];
  for (const seconds of [5, 10, 20, 30, 30]) {
    const { text, retry } = /** @type {any} */ (states.at(-1));
    waits.push([text.match(/\d+/)?.[0], retry]);
    await clock.pass(seconds * 1_000 - 1_000);
    equal(states.at(-1)?.text, "Could not save. Trying again in 1 s");
    await clock.pass(1_000);
  }
  equal(waits, [["5", false], ["10", false], ["20", false], ["30", true], ["30", true]]);
  net.mend();
  saver.retry();
  await settle();
  equal([server.posting.title, states.at(-1)], ["A", {
    text: "All changes saved",
    retry: false,
    signedOut: false,
    gone: false,
  }]);
});

Deno.test("a busy server says when to come again", async () => {
  const made = alone();
  const net = breaking(made);
  net.says(503, { "Retry-After": "2" });
  type(made.desk, "A");
  await made.clock.pass(800);
  equal(made.texts().at(-1), "Could not save. Trying again in 2 s");
  net.mend();
  await made.clock.pass(2_000);
  equal(made.texts().at(-1), "All changes saved");
});

Deno.test("what was kept but not answered is sent again as it was", async () => {
  const made = alone();
  const { desk, server, clock, texts } = made;
  const net = breaking(made);
  net.deaf();
  type(desk, "A");
  await clock.pass(800);
  equal([server.posting.title, texts().at(-1)], ["A", "Offline. Changes are kept on this device"]);
  type(desk, "AB");
  net.mend();
  await clock.pass(5_000);
  await clock.pass(800);
  const [first, again, second] = server.received;
  equal([again, second.changes], [first, [set("title", "A", "AB")]]);
  equal([server.posting.title, desk.contests, server.state().counter], ["AB", [], 3]);
});

Deno.test("offline is said, and left as soon as the network is back", async () => {
  const made = alone();
  const { desk, server, clock, tab, texts } = made;
  tab.shown.online = false;
  type(desk, "A");
  await clock.pass(800);
  equal([texts().at(-1), server.received.length], ["Offline. Changes are kept on this device", 0]);
  tab.shown.online = true;
  tab.fire("online");
  await settle();
  equal([texts().at(-1), server.posting.title], ["All changes saved", "A"]);
});

Deno.test("signed out: nothing is tried until resume, which takes a new token", async () => {
  const made = alone();
  const { desk, saver, server, clock, states } = made;
  const net = breaking(made);
  net.says(401);
  type(desk, "A");
  await clock.pass(800);
  equal([states.at(-1)?.signedOut, states.at(-1)?.retry], [true, false]);
  let asked = 0;
  made.net.fetch = () => ++asked;
  type(desk, "AB");
  await clock.pass(60_000);
  equal([asked, await saver.flush()], [0, false]);
  net.mend();
  server.csrf = "another";
  await saver.resume();
  await clock.pass(800);
  equal([server.posting.title, states.at(-1)?.text], ["AB", "All changes saved"]);
});

Deno.test("nothing is saved or shown under the name of someone else who signed in", async () => {
  for (const find of [10_000, 0]) {
    const { desk, saver, server, clock, states } = alone();
    Object.assign(server, { person: 8, csrf: "theirs" });
    server.save("other-1", [set("summary", "Help.", "Theirs")]);
    await clock.pass(find);
    type(desk, "A");
    equal(await saver.flush(), false);
    equal([states.at(-1)?.signedOut, server.posting.title, desk.posting.summary], [
      true,
      "Nurse",
      "Help.",
    ]);
    await saver.resume();
    equal(states.at(-1)?.signedOut, true);
    server.person = 7;
    await saver.resume();
    equal([server.posting.title, desk.unsaved], ["A", false]);
  }
});

Deno.test("a token that ran out is renewed", async () => {
  const { desk, server, clock, texts } = alone();
  server.csrf = "newer";
  type(desk, "A");
  await clock.pass(800);
  equal([server.posting.title, texts()], ["A", ["", "All changes saved"]]);
});

Deno.test("a posting that is gone is never asked for again, and the words are kept", async () => {
  const made = alone();
  breaking(made).says(404);
  type(made.desk, "A");
  await made.clock.pass(800);
  equal(made.states.at(-1)?.gone, true);
  let asked = 0;
  made.net.fetch = () => ++asked;
  await made.clock.pass(120_000);
  equal(asked, 0);
  ok([...made.tab.local.values()].some((kept) => kept.includes('"after":"A"')), "kept");
});

Deno.test("what the server cannot read is said, and goes with the next change", async () => {
  const made = alone();
  const { desk, server, clock, states } = made;
  const net = breaking(made);
  net.says(422);
  type(desk, "A");
  await clock.pass(800);
  equal([states.at(-1)?.text, states.at(-1)?.retry], ["Could not save. No.", true]);
  net.mend();
  type(desk, "AB");
  await clock.pass(800);
  equal(server.posting.title, "AB");
});

Deno.test("flush is true when all is on the server, false where a person has to choose", async () => {
  const { desk, saver, server, texts } = alone();
  equal(await saver.flush(), true);
  type(desk, "A");
  equal([await saver.flush(), server.posting.title], [true, "A"]);
  server.save("other-1", [set("title", "A", "Theirs")]);
  type(desk, "AB");
  equal([await saver.flush(), texts().at(-1)], [false, "Some changes wait for your choice"]);
  desk.settle("title", "AB");
  equal([await saver.flush(), texts().at(-1)], [true, "All changes saved"]);
});

Deno.test("flush is false where the server refused something, or is not there", async () => {
  const made = alone({}, { refuse: () => "Too long" });
  type(made.desk, "A");
  equal([await made.saver.flush(), made.texts().at(-1)], [
    false,
    "Some changes could not be saved",
  ]);
  const other = alone();
  breaking(other).offline();
  type(other.desk, "A");
  equal(await other.saver.flush(), false);
});

Deno.test("flush takes at most ten seconds", async () => {
  const { desk, saver, clock, net } = alone();
  net.fetch = () => new Promise(() => {});
  type(desk, "A");
  let done = /** @type {boolean | null} */ (null);
  saver.flush().then((saved) => done = saved);
  await clock.pass(9_999);
  equal(done, null);
  await clock.pass(1);
  equal(done, false);
});

Deno.test("asks every 10 s what others did, while it is seen and nothing waits", async () => {
  const { desk, server, clock, tab, net } = alone();
  server.save("other-1", [set("title", "Nurse", "Theirs")]);
  await clock.pass(9_999);
  equal(desk.posting.title, "Nurse");
  await clock.pass(1);
  equal([desk.posting.title, desk.counter], ["Theirs", 2]);
  let asked = 0;
  const works = net.fetch;
  net.fetch = (path, init) => {
    asked++;
    return works(path, init);
  };
  tab.shown.visible = false;
  await clock.pass(30_000);
  equal(asked, 0);
  tab.shown.visible = true;
  tab.fire("focus");
  await settle();
  equal(asked, 1);
});

Deno.test("an answer that is older than a save is left alone", async () => {
  const { desk, saver, server, clock, net } = alone();
  const works = net.fetch;
  net.fetch = (path, init) => {
    if (init?.body) return works(path, init);
    const old = answer(200, { ...server.state(), counter: 2 });
    return new Promise((done) => clock.later(() => done(old), 500));
  };
  await clock.pass(10_000);
  type(desk, "A");
  saver.now();
  await clock.pass(1_000);
  equal([desk.posting.title, desk.counter], ["A", 2]);
});

Deno.test("another tab of the same posting hears of a save at once", async () => {
  const { server, clock, fetch } = alone();
  const channels = createChannels();
  const [one, other] = [1, 2].map(() =>
    visit({ server, tab: createTab({ clock, fetch, channels }) })
  );
  await clock.pass(200);
  ok(one.tabs.id !== other.tabs.id, "two tabs");
  type(one.desk, "A");
  await one.saver.flush();
  await settle();
  equal(other.desk.posting.title, "A");
});

Deno.test("leaving the page sends what waits, in requests that outlive it", async () => {
  for (const event of ["pagehide", "visibilitychange"]) {
    const { desk, server, tab } = alone();
    type(desk, "A");
    tab.shown.visible = false;
    tab.fire(event);
    await settle();
    equal([server.posting.title, server.received[0].keepalive], ["A", true]);
  }
});

Deno.test("leaving while a save is out sends what came since, once", async () => {
  const { desk, saver, server, clock, net, tab } = alone();
  const works = net.fetch;
  net.fetch = (path, init) => new Promise((done) => clock.later(() => done(works(path, init)), 50));
  type(desk, "A");
  saver.now();
  type(desk, "AB");
  tab.fire("pagehide");
  await clock.pass(5_000);
  equal(server.posting.title, "AB");
  equal([desk.contests, desk.unsaved, server.state().counter], [[], false, 3]);
});

Deno.test("what is too much for a request that outlives its page is cut, and the rest follows", async () => {
  const { desk, saver, server, tab } = alone();
  const long = "x".repeat(40_000);
  desk.edit("Two", [set("title", "Nurse", long), set("summary", "Help.", long)]);
  tab.fire("pagehide");
  await settle();
  equal(server.received.map(({ changes, keepalive }) => [changes.length, keepalive]), [[1, true]]);
  await saver.flush();
  equal([server.posting.summary.length, desk.unsaved], [40_000, false]);
});
