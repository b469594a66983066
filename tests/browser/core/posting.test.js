/// <reference lib="deno.ns" />

import {
  apply,
  clean,
  compact,
  invert,
  replay,
  textAt,
  tidy,
} from "../../../static/js/builder/posting.js";
import {
  addLine,
  aPosting,
  chance,
  equal,
  line,
  meaning,
  moveLine,
  ok,
  order,
  place,
  removeLine,
  set,
  setLine,
  toSenior,
} from "./builders.js";
import { randomChange, randomLevel } from "./random_changes.js";

/** @import { Change } from "../../../static/js/builder/types.d.ts" */

Deno.test("a text is cleaned as the server cleans it", () => {
  equal(clean(" \ufeffa\r\nb\rc\u0000\ud800\u00a0"), "\ufeffa\nb\nc");
  equal(clean("\u2028\t"), "");
  equal(clean("a \u{1f600}"), "a \u{1f600}");
});

Deno.test("typing in a control is one change", () => {
  equal(compact([set("title", "a", "ab"), moveLine("b", null), set("title", "ab", "abc")]), [
    set("title", "a", "abc"),
    moveLine("b", null),
  ]);
  equal(compact([set("title", "a", "ab"), set("title", "ab", "a")]), []);
  equal(compact([set("title", "a", "a")]), []);
});

Deno.test("a new line takes the words typed into it", () => {
  const typed = [
    addLine("n", ""),
    setLine("n", "", "x"),
    moveLine("n", "a"),
    setLine("n", "x", "xy"),
  ];
  equal(compact(typed), [addLine("n", "xy"), moveLine("n", "a")]);
});

Deno.test("a line that was added and removed was never there, but for lines put behind it", () => {
  const gone = [addLine("n", ""), moveLine("n", "a"), removeLine("n", "")];
  equal(compact(gone), []);
  const leaned = [addLine("n", ""), addLine("m", "m", "n"), removeLine("n", "")];
  equal(compact(leaned), leaned);
});

Deno.test("a removed line is removed as it was before I typed in it", () => {
  equal(compact([setLine("a", "Do a.", "x"), removeLine("a", "x")]), [removeLine("a", "Do a.")]);
});

Deno.test("a line removed and added again was moved; of two moves the last counts", () => {
  const back = [removeLine("a", "Do a."), addLine("a", "Do a."), setLine("a", "Do a.", "x")];
  equal(compact(back), [setLine("a", "Do a.", "x"), moveLine("a", null, "duties")]);
  equal(compact([moveLine("a", "c"), moveLine("b", null), moveLine("a", "b")]), [
    moveLine("b", null),
    moveLine("a", "b"),
  ]);
  const leaned = [moveLine("a", "c"), moveLine("b", "a"), moveLine("a", null)];
  equal(compact(leaned), leaned);
});

Deno.test("a new place takes the words typed into it", () => {
  /** @type {Change[]} */
  const typed = [
    { do: "add-place", place: place("n", ""), first: false },
    set("place:n.city", "", "Bend"),
  ];
  equal(compact(typed), [{ do: "add-place", place: place("n", "Bend"), first: false }]);
});

Deno.test("nothing is merged across a change of level", () => {
  const list = [set("title", "a", "b"), toSenior(set("title", "b", "c")), set("title", "c", "d")];
  equal(compact(list), list);
});

Deno.test("a change that starts from the other's text is a contest, and mine is shown", () => {
  const server = aPosting({ title: "Theirs" });
  const here = aPosting({ title: "Mine" });
  const { posting, changes, contests } = replay(server, [set("title", "Nurse", "Mine")], here);
  equal(posting.title, "Mine");
  equal(changes, [set("title", "Theirs", "Mine")]);
  equal([...contests], [["title", ["Theirs"]]]);
});

Deno.test("what is there already is not sent again", () => {
  const same = [set("title", "x", "Nurse"), addLine("a", "Do a."), removeLine("z", "z")];
  equal(replay(aPosting(), same, aPosting()).changes, []);
});

Deno.test("a line removed by someone comes back where it was, with my words", () => {
  for (
    const [id, kept, expected] of [["b", "acs", "abc"], ["a", "bcs", "abc"], ["c", "as", "ac"]]
  ) {
    const start = aPosting();
    const changes = [setLine(id, `Do ${id}.`, "Mine")];
    const here = apply(start, changes).posting;
    const server = aPosting({ lines: start.lines.filter((each) => kept.includes(each.id)) });
    const { posting, notes, contests } = replay(server, changes, here);
    equal(order(posting).duties, expected);
    equal(textAt(posting, `line:${id}`), "Mine");
    equal(notes, ["Someone removed an item that you are editing. Your words are kept."]);
    equal(contests.size, 0);
  }
});

Deno.test("a place removed by someone comes back with my words", () => {
  const changes = [set("place:q.city", "Salem", "Bend"), set("place:q.street", "", "1 Elm")];
  const here = apply(aPosting(), changes).posting;
  const server = aPosting({ places: [place("p", "Portland")] });
  const { posting, notes } = replay(server, changes, here);
  equal(posting.places, here.places);
  equal(notes, ["Someone removed a place that you are editing. Your words are kept."]);
});

Deno.test("a line that someone changed is not removed", () => {
  const server = aPosting({ lines: [line("a", "Theirs")] });
  const { posting, changes, notes } = replay(server, [removeLine("a", "Do a.")], aPosting());
  equal(textAt(posting, "line:a"), "Theirs");
  equal([changes, notes.length], [[], 1]);
});

Deno.test("a move behind a line that is gone goes to the end of its section", () => {
  const server = aPosting({ lines: aPosting().lines.filter(({ id }) => id !== "b") });
  equal(order(replay(server, [moveLine("a", "b")], aPosting()).posting).duties, "ca");
  const away = replay(server, [moveLine("a", "b", "benefits")], aPosting());
  equal([order(away.posting).benefits, order(away.posting).duties], ["a", "c"]);
  equal(replay(server, [moveLine("b", "a")], aPosting()).changes, []);
});

Deno.test("my order of parts stands, my level does not, where someone else chose another", () => {
  /** @type {any} */
  const orders = [["duties", "pay"], ["pay", "duties"], ["needs", "duties", "pay"]];
  const server = aPosting({ part_order: orders[2], level: "lead" });
  /** @type {Change[]} */
  const mine = [{ do: "arrange", before: orders[0], after: orders[1] }, toSenior()];
  const { posting, notes } = replay(server, mine, aPosting());
  equal([posting.part_order, posting.level, notes.length], [orders[1], "lead", 1]);
});

Deno.test("words of a line that is there already with other words are a contest", () => {
  const { posting, contests } = replay(aPosting(), [addLine("a", "Mine")], aPosting());
  equal([textAt(posting, "line:a"), contests.get("line:a")], ["Mine", ["Do a."]]);
});

Deno.test("undoing an added line forgets it; undoing the removal of one remembers it", () => {
  const offered = { ...addLine("n", "x"), origin: "o" };
  const added = apply(aPosting(), [/** @type {Change} */ (offered)]).posting;
  const undone = apply(added, invert(aPosting(), [/** @type {Change} */ (offered)])).posting;
  equal(undone, aPosting());
  const removed = aPosting({ removed_origins: ["o"] });
  const back = apply(removed, [/** @type {Change} */ (offered)]).posting;
  equal(apply(back, invert(removed, [/** @type {Change} */ (offered)])).posting, removed);
});

Deno.test("random lists: the inverse undoes them, and fewer changes do the same", () => {
  for (let seed = 0; seed < 400; seed++) {
    const roll = chance(seed);
    let count = 0;
    const word = () => `w${++count}`;
    const start = aPosting();
    /** @type {Change[]} */
    const changes = [];
    let now = start;
    for (let left = 1 + roll(12); left; left--) {
      const change = (roll(8) ? randomChange : randomLevel)(now, roll, word);
      const next = apply(now, [change]);
      ok(!next.conflicts.length, `seed ${seed}: ${JSON.stringify(change)}`);
      changes.push(change);
      now = next.posting;
    }
    const list = tidy(changes);
    equal(meaning(apply(start, compact(list)).posting), meaning(now), `seed ${seed}: compact`);
    const undone = apply(now, invert(start, list));
    equal(undone.conflicts, [], `seed ${seed}: inverse`);
    const { places } = start;
    equal(meaning({ ...undone.posting, places }), meaning(start), `seed ${seed}: undone`);
    equal(undone.posting.places.map(({ id }) => id).sort(), ["p", "q"], `seed ${seed}`);
  }
});
