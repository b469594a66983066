/// <reference lib="deno.ns" />

import { createDesk } from "../../../static/js/builder/desk.js";
import { createHistory } from "../../../static/js/builder/history.js";
import { textAt } from "../../../static/js/builder/posting.js";
import {
  addLine,
  aPosting,
  equal,
  moveLine,
  ok,
  order,
  removeLine,
  set,
  setLine,
  toSenior,
} from "./builders.js";
import { createServer } from "./server.js";
import { createClock, createTab } from "./world.js";

/** @import { Change, DeskEvent, Posting } from "../../../static/js/builder/types.d.ts" */

/** @param {Partial<Posting>} [posting] @param {(change: Change) => string} [refuse] */
function begin(posting, refuse) {
  const server = createServer(aPosting(posting), { refuse });
  const tab = createTab({
    clock: createClock(),
    fetch: () => Promise.reject(new TypeError("no net")),
  });
  const history = createHistory({ person: 1, id: 2, world: tab.world });
  const desk = createDesk({ state: server.state(), history });
  /** @type {DeskEvent[]} */
  const events = [];
  desk.onChange((event) => void events.push(event));
  let saves = 0;
  function save() {
    const batch = desk.outgoing(`t-${++saves}`);
    if (!batch) return [];
    const outcome = server.save(batch.save, [...batch.changes]);
    desk.taken({ ...server.state(), ...outcome }, batch.save);
    return batch.changes;
  }
  /** @param {Change[]} changes what someone else saves @param {string} [who] */
  function meanwhile(changes, who = "Ana Ruiz") {
    server.save(`o-${++saves}`, changes);
    return { ...server.state(), others: [{ who, parts: ["Pay", "Duties"] }] };
  }
  return {
    server,
    desk,
    events,
    save,
    meanwhile,
    notes: () => events.flatMap((event) => event.notes),
  };
}

Deno.test("an edit is shown at once, sent once, and undone as a new change", () => {
  const { server, desk, events, save } = begin();
  desk.edit("Typing", [set("title", "Nurse", " Nurse II ")]);
  equal([desk.posting.title, desk.unsaved, desk.canUndo], ["Nurse II", true, true]);
  equal(save(), [set("title", "Nurse", "Nurse II")]);
  equal([server.posting.title, desk.unsaved, save()], ["Nurse II", false, []]);
  desk.undo();
  equal([desk.posting.title, desk.canUndo, desk.canRedo], ["Nurse", false, true]);
  equal(save(), [set("title", "Nurse II", "Nurse")]);
  desk.redo();
  equal([desk.posting.title, desk.canUndo, desk.canRedo], ["Nurse II", true, false]);
  equal(events.map(({ cause }) => cause), ["edit", "server", "undo", "server", "redo"]);
});

Deno.test("an edit that changes nothing is no step", () => {
  const { desk, events } = begin();
  desk.edit("Typing", [set("title", "Nurse", "Nurse "), moveLine("zz", null)]);
  equal([desk.canUndo, events.length], [false, 0]);
});

Deno.test("an edit starts from what is on the screen, whatever it says", () => {
  const { desk } = begin();
  desk.edit("Typing", [set("title", "what was there long ago", "New")]);
  equal([desk.posting.title, desk.contests], ["New", []]);
  desk.undo();
  equal(desk.posting.title, "Nurse");
});

Deno.test("what is typed while a save is out goes with the next", () => {
  const { server, desk } = begin();
  desk.edit("Typing", [set("title", "Nurse", "A")]);
  const batch = desk.outgoing("t-1");
  desk.edit("Typing", [set("title", "A", "AB")]);
  const outcome = server.save("t-1", [...(batch?.changes ?? [])]);
  desk.taken({ ...server.state(), ...outcome }, "t-1");
  equal(desk.posting.title, "AB");
  equal(desk.outgoing("t-2")?.changes, [set("title", "A", "AB")]);
});

Deno.test("changes in other places come together, and are told", () => {
  const { desk, save, meanwhile, notes } = begin();
  desk.edit("Typing", [set("title", "Nurse", "Mine")]);
  desk.install(meanwhile([set("summary", "Help.", "Theirs")]));
  equal([desk.posting.title, desk.posting.summary], ["Mine", "Theirs"]);
  equal(notes(), ["Ana Ruiz edited Pay and Duties"]);
  equal(save(), [set("title", "Nurse", "Mine")]);
});

Deno.test("a contest is shown, not sent, until it is settled", () => {
  for (
    const [text, sent] of [
      ["Mine", [set("title", "Theirs", "Mine")]],
      ["Theirs", []],
      ["Both", [set("title", "Theirs", "Both")]],
    ]
  ) {
    const { server, desk, save, meanwhile } = begin();
    desk.edit("Typing", [set("title", "Nurse", "Mine"), set("summary", "Help.", "x")]);
    meanwhile([set("title", "Nurse", "Theirs")]);
    save();
    equal(desk.contests, [{ control: "title", mine: "Mine", theirs: "Theirs" }]);
    equal([desk.posting.title, server.posting.title, server.posting.summary], [
      "Mine",
      "Theirs",
      "x",
    ]);
    equal([save(), desk.unsaved], [[], true]);
    desk.settle("title", String(text));
    equal([desk.contests, desk.posting.title, save(), desk.unsaved], [[], text, sent, false]);
    desk.undo();
    equal(desk.posting.title, text === "Mine" ? "Nurse" : "Mine");
  }
});

Deno.test("a contest of a line is settled too, and typing on keeps it", () => {
  const { server, desk, save, meanwhile } = begin();
  desk.edit("Typing", [setLine("a", "Do a.", "Mine")]);
  desk.install(meanwhile([setLine("a", "Do a.", "Theirs")]));
  desk.edit("Typing", [setLine("a", "Mine", "Mine too")]);
  equal([desk.contests[0].mine, desk.contests[0].theirs, save()], ["Mine too", "Theirs", []]);
  desk.settle("line:a", "Mine too, theirs");
  save();
  equal(textAt(server.posting, "line:a"), "Mine too, theirs");
});

Deno.test("a text that came while another was shown is asked about again", () => {
  const { desk, save, meanwhile } = begin();
  desk.edit("Typing", [set("title", "Nurse", "Mine")]);
  desk.install(meanwhile([set("title", "Nurse", "Theirs")]));
  desk.install(meanwhile([set("title", "Theirs", "Newer")]));
  desk.settle("title", "Theirs", "Theirs");
  equal(desk.contests, [{ control: "title", mine: "Theirs", theirs: "Newer" }]);
  equal(save(), []);
});

Deno.test("a contest is over where both say the same, and goes on where they write again", () => {
  const { desk, meanwhile } = begin();
  desk.edit("Typing", [set("title", "Nurse", "Mine")]);
  desk.install(meanwhile([set("title", "Nurse", "Theirs")]));
  desk.install(meanwhile([set("title", "Theirs", "Others")]));
  equal(desk.contests[0].theirs, "Others");
  desk.install(meanwhile([set("title", "Others", "Mine")]));
  equal([desk.contests, desk.unsaved], [[], false]);
});

Deno.test("undo skips what someone changed, and says so", () => {
  const { desk, save, meanwhile, notes } = begin();
  desk.edit("Two", [set("title", "Nurse", "A"), set("summary", "Help.", "B")]);
  save();
  desk.install(meanwhile([set("title", "A", "Theirs")]));
  desk.undo();
  equal([desk.posting.title, desk.posting.summary], ["Theirs", "Help."]);
  equal(notes().at(-1), "Someone changed some of this meanwhile. That part stays as it is.");
  desk.redo();
  equal([desk.posting.title, desk.posting.summary], ["Theirs", "B"]);
});

Deno.test("a refused change stays here until its control changes", () => {
  const long = (/** @type {Change} */ change) =>
    change.do === "set" && change.after.length > 9 ? "Too long" : "";
  const { server, desk, save } = begin({}, long);
  desk.edit("Typing", [set("title", "Nurse", "0123456789"), set("summary", "Help.", "x")]);
  save();
  equal(desk.refusals, [{ control: "title", message: "Too long" }]);
  equal([desk.posting.title, server.posting.title, desk.unsaved], ["0123456789", "Nurse", false]);
  equal([save(), desk.unsent?.pending.length], [[], 1]);
  desk.edit("Typing", [set("summary", "x", "y")]);
  equal(save(), [set("summary", "x", "y")]);
  desk.edit("Typing", [set("title", "0123456789", "Short")]);
  equal([desk.refusals, save(), server.posting.title], [
    [],
    [set("title", "Nurse", "Short")],
    "Short",
  ]);
});

Deno.test("a change that was mended while its refusal was on the way is sent", () => {
  const { server, desk } = begin();
  desk.edit("Typing", [set("title", "Nurse", "0123456789")]);
  desk.outgoing("t-1");
  desk.edit("Typing", [set("title", "0123456789", "Short")]);
  desk.taken(
    { ...server.state(), conflicts: [], refused: [{ index: 0, message: "Too long" }] },
    "t-1",
  );
  equal([desk.refusals, desk.outgoing("t-2")?.changes], [[], [set("title", "Nurse", "Short")]]);
});

Deno.test("what stands on a refused line waits with it", () => {
  const full = (/** @type {Change} */ change) => change.do === "add-line" ? "Too many" : "";
  const { desk, save } = begin({}, full);
  desk.edit("Add", [addLine("n", "new", "a")]);
  desk.edit("Move", [moveLine("c", "n")]);
  save();
  equal([order(desk.posting).duties, save(), desk.unsaved], ["ancb", [], true]);
  desk.undo();
  desk.undo();
  equal(save().map((change) => change.do), ["move-line"]);
  equal([order(desk.posting).duties, desk.unsaved, desk.refusals], ["abc", false, []]);
});

Deno.test("a level that is out of date is taken back, words typed since are not", () => {
  const old = (/** @type {Change} */ change) => change.do === "change-level" ? "Choose again." : "";
  const { server, desk, save, notes } = begin({}, old);
  desk.edit("Level", [toSenior(set("title", "Nurse", "Senior"), addLine("n", "new"))]);
  desk.edit("Typing", [setLine("n", "new", "new word")]);
  save();
  save();
  equal([desk.posting.level, desk.posting.title], ["mid", "Nurse"]);
  equal([textAt(server.posting, "line:n"), notes()[0], desk.refusals], [
    "new word",
    "Choose again.",
    [],
  ]);
});

Deno.test("a removed line that someone changed comes back", () => {
  const { desk, save, meanwhile, notes } = begin();
  desk.edit("Remove", [removeLine("a", "Do a.")]);
  meanwhile([setLine("a", "Do a.", "Theirs")]);
  save();
  equal([textAt(desk.posting, "line:a"), notes().length, desk.unsaved], ["Theirs", 1, false]);
});

Deno.test("what is contested is not removed: the other's words come back first", () => {
  const { desk, meanwhile, notes, save } = begin();
  desk.edit("Typing", [setLine("a", "Do a.", "Mine"), set("place:q.city", "Salem", "Mine")]);
  desk.install(
    meanwhile([setLine("a", "Do a.", "Theirs"), set("place:q.city", "Salem", "Theirs")]),
  );
  desk.edit("Remove", [removeLine("a", "Mine")]);
  desk.edit("Remove", [{ do: "remove-place", place: "q", before: "Mine, OR" }]);
  equal([textAt(desk.posting, "line:a"), textAt(desk.posting, "place:q.city")], [
    "Theirs",
    "Theirs",
  ]);
  equal(
    notes().slice(-2),
    Array(2).fill("Someone changed what you removed. It is back with their words."),
  );
  equal([desk.contests, save(), desk.unsaved], [[], [], false]);
  desk.edit("Remove", [removeLine("a", "Theirs")]);
  equal(textAt(desk.posting, "line:a"), null);
});

Deno.test("words of a line that somebody else brought back meanwhile are a contest", () => {
  const { desk, save, meanwhile } = begin();
  desk.edit("Typing", [setLine("a", "Do a.", "Mine"), set("place:q.city", "Salem", "Mine")]);
  const q = aPosting().places[1];
  const gone = [removeLine("a", "Do a."), { do: "remove-place", place: "q", before: "Salem, OR" }];
  desk.install(meanwhile(/** @type {Change[]} */ (gone)));
  meanwhile([addLine("a", "Theirs"), {
    do: "add-place",
    place: { ...q, city: "Bend" },
    first: false,
  }]);
  save();
  equal(desk.contests.map(({ control, mine, theirs }) => [control, mine, theirs]), [
    ["line:a", "Mine", "Theirs"],
    ["place:q.city", "Mine", "Bend"],
  ]);
});

Deno.test("a place that is contested is not removed, even where that was learned later", () => {
  const { server, desk, meanwhile, notes } = begin();
  desk.edit("Typing", [set("place:q.city", "Salem", "Mine")]);
  desk.outgoing("t-1");
  desk.edit("Remove", [{ do: "remove-place", place: "q", before: "Mine, OR" }]);
  meanwhile([set("place:q.city", "Salem", "Theirs")]);
  desk.taken({ ...server.state(), conflicts: [0], refused: [] }, "t-1");
  equal(textAt(desk.posting, "place:q.city"), "Theirs");
  equal([notes().length, desk.contests, desk.unsaved], [1, [], false]);
});

Deno.test("a level change is undone with all that came with it, as one change", () => {
  const { server, desk, save } = begin();
  /** @type {Change} */
  const dropped = { do: "remove-line", line: "b", before: "Do b.", forget: true };
  desk.edit("Level", [toSenior(dropped, addLine("n", "new"), set("title", "Nurse", "Senior"))]);
  save();
  equal([server.posting.level, order(server.posting).duties], ["senior", "acn"]);
  desk.undo();
  equal(save().map((change) => change.do), ["change-level"]);
  equal([server.posting.level, server.posting.base, order(server.posting).duties], [
    "mid",
    "h1",
    "abc",
  ]);
  equal([server.posting.removed_origins, server.posting.title], [[], "Nurse"]);
});

Deno.test("of more than fits, the first changes go", () => {
  const { desk } = begin();
  desk.edit("Typing", [
    set("title", "Nurse", "x".repeat(50)),
    set("summary", "Help.", "y".repeat(50)),
  ]);
  equal(desk.outgoing("t-1", 20), null);
  equal(desk.outgoing("t-1", 150)?.changes.length, 1);
  equal(desk.outgoing("t-2", 150)?.changes.length, 1);
});

Deno.test("the answer of an older save does not undo a later one that is out", () => {
  const { server, desk, meanwhile } = begin();
  desk.edit("Typing", [set("title", "Nurse", "A")]);
  const first = desk.outgoing("t-1");
  desk.edit("Typing", [set("title", "A", "AB")]);
  const second = desk.outgoing("t-2");
  meanwhile([set("title", "Nurse", "Theirs")]);
  for (const batch of [first, second]) {
    const outcome = server.save(batch?.save ?? "", [...(batch?.changes ?? [])]);
    desk.taken({ ...server.state(), ...outcome }, batch?.save ?? "");
    equal(desk.posting.title, "AB");
  }
  equal(desk.contests, [{ control: "title", mine: "AB", theirs: "Theirs" }]);
  desk.settle("title", "AB");
  equal(desk.outgoing("t-3")?.changes, [set("title", "Theirs", "AB")]);
});

Deno.test("listeners hear what was and what is", () => {
  const { desk, events } = begin();
  desk.edit("Typing", [set("title", "Nurse", "A")], {
    spot: { control: "title", start: 0, end: 0 },
  });
  const [{ before, posting, step, cause }] = events;
  equal([before.title, posting.title, step?.spot?.control, cause], ["Nurse", "A", "title", "edit"]);
  ok(Object.isFrozen(desk), "a desk is not changed from outside");
});
