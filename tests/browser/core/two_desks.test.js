/// <reference lib="deno.ns" />
// Two people at one posting, doing at random what people do, over a network that fails at random,
// with reloads and crashes. Every word that was typed is a number of its own. At the end each
// stands in the posting, or somebody took it away knowingly: by an act on a screen that showed it.
// What comes with a change of level is the role's text, not somebody's.

import { newId, textAt } from "../../../static/js/builder/posting.js";
import { aPosting, chance, equal, meaning, ok } from "./builders.js";
import { randomChange, randomLevel } from "./random_changes.js";
import { answer, createServer } from "./server.js";
import { visit } from "./visits.js";
import { createChannels, createClock, createTab } from "./world.js";

/** @import { Posting } from "../../../static/js/builder/types.d.ts" */

const RUNS = Number(Deno.env.get("JOBDESC_DESK_RUNS") ?? 200);
const FIRST = Number(Deno.env.get("JOBDESC_DESK_SEED") ?? 1);
const STEPS = 40;
const WORD = /\bw\d+\b/g;

/** @param {Posting} posting @returns {Set<string>} */
function wordsIn({ title, summary, pay_low, lines, places }) {
  const texts = [title, summary, pay_low, ...lines.map(({ text }) => text)];
  return new Set([...texts, ...places.map(({ city }) => city)].join(" ").match(WORD));
}

/** @param {number} seed */
function begin(seed) {
  const roll = chance(seed);
  const clock = createClock();
  const server = createServer(aPosting());
  /** @type {Set<string>} */
  const typed = new Set();
  /** @type {Set<string>} */
  const givenUp = new Set();
  const word = () => {
    const made = `w${typed.size + 1}`;
    typed.add(made);
    return made;
  };
  return { seed, roll, clock, server, typed, givenUp, word, calm: false };
}

/** A network on which requests and answers are slow, cut off or refused. @param {ReturnType<typeof begin>} play */
function network(play) {
  const { roll, clock, server } = play;
  const wait = () =>
    new Promise((done) => void clock.later(() => done(null), roll(4) ? roll(80) : roll(4_000)));
  return async (/** @type {string} */ path, /** @type {RequestInit=} */ init) => {
    if (play.calm) return server.answer(path, init);
    await wait();
    const luck = roll(12);
    if (luck === 0) throw new TypeError("cut off on the way there");
    if (luck === 1) return answer(roll(2) ? 500 : 503, {}, { "Retry-After": "1" });
    const found = server.answer(path, init);
    if (luck === 2) throw new TypeError("cut off on the way back");
    await wait();
    return found;
  };
}

/** @param {ReturnType<typeof begin>} play @param {number} person */
function createPerson(play, person) {
  const { roll, clock, server, givenUp, word } = play;
  const fetch = network(play);
  const [local, channels] = [new Map(), createChannels()];
  let session = new Map();
  let page = open();

  function open() {
    const made = visit({
      server,
      tab: createTab({ clock, fetch, local, session, channels }),
      person,
    });
    made.desk.onChange(({ cause, before, posting }) => {
      if (cause === "server" || cause === "restore") return;
      const now = wordsIn(posting);
      for (const each of wordsIn(before)) if (!now.has(each)) givenUp.add(each);
    });
    return made;
  }

  async function reload() {
    if (roll(2)) page.tab.fire("pagehide");
    else await clock.pass(100);
    page.tab.close();
    if (!roll(3)) session = new Map();
    page = open();
    await clock.pass(roll(2) ? 150 : 0);
  }

  function settleOne() {
    const [contest] = page.desk.contests;
    if (!contest) return;
    const { control, mine, theirs } = contest;
    const lost = (/** @type {string} */ text, /** @type {string} */ kept) =>
      new Set(text.match(WORD)).difference(new Set(kept.match(WORD))).forEach((each) =>
        givenUp.add(each)
      );
    const text = [`${mine} ${theirs}`, mine, theirs][play.calm ? 0 : roll(3)];
    lost(`${mine} ${theirs}`, text);
    page.desk.settle(control, text);
  }

  /** An item's words go on in a new one below it. */
  function split() {
    const { lines } = page.desk.posting;
    const line = lines[roll(lines.length)];
    if (!line) return;
    const words = line.text.split(" ");
    const at = roll(words.length + 1);
    const [head, tail] = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    page.desk.edit("Split", [
      {
        do: "add-line",
        line: newId(),
        section: line.section,
        text: tail,
        after: line.id,
        origin: null,
      },
      { do: "set-line", line: line.id, before: line.text, after: head },
    ]);
  }

  /** Two neighbors become one. */
  function join() {
    const { lines } = page.desk.posting;
    const lower = lines[roll(lines.length)];
    const own = lines.filter(({ section }) => section === lower?.section);
    const upper = own[own.indexOf(lower) - 1];
    if (!upper) return;
    const text = `${upper.text} ${lower.text}`.trim();
    page.desk.edit("Join", [
      { do: "set-line", line: upper.id, before: upper.text, after: text },
      { do: "remove-line", line: lower.id, before: lower.text },
    ]);
  }

  async function act() {
    const { desk, tab, saver } = page;
    const deed = roll(24);
    if (deed < 11) {
      desk.edit("Edit", [randomChange(desk.posting, roll, word)], { merge: roll(2) ? "m" : "" });
    } else if (deed === 11) {
      desk.edit("Level", [randomLevel(desk.posting, roll, () => `r${roll(99)}`)]);
    } else if (deed < 14) desk.undo();
    else if (deed === 14) desk.redo();
    else if (deed === 15) settleOne();
    else if (deed === 16) saver.flush();
    else if (deed === 17) tab.fire(["focusout", "focus", "online"][roll(3)]);
    else if (deed === 18) keepAll();
    else if (deed === 19) split();
    else if (deed < 22) join();
    else await reload();
  }

  function keepAll() {
    for (const { keep } of page.offers.splice(0)) keep();
  }

  return {
    act,
    settleOne,
    keepAll,
    get page() {
      return page;
    },
  };
}

/** @param {number} seed */
async function run(seed) {
  const play = begin(seed);
  const people = [createPerson(play, 1), createPerson(play, 2)];
  await play.clock.pass(150);
  for (let step = 0; step < STEPS; step++) {
    await people[play.roll(2)].act();
    await play.clock.pass([0, 0, 30, 300, 2_000][play.roll(5)]);
  }
  play.calm = true;
  for (let round = 0; round < 8; round++) {
    await play.clock.pass(45_000);
    for (const { keepAll, settleOne } of people) {
      keepAll();
      settleOne();
      settleOne();
    }
  }
  await play.clock.pass(60_000);
  return { play, people };
}

Deno.test(`two desks lose no word in ${RUNS} random runs from seed ${FIRST}`, async () => {
  let words = 0;
  for (let seed = FIRST; seed < FIRST + RUNS; seed++) {
    const { play: { server, typed, givenUp }, people } = await run(seed);
    const kept = wordsIn(server.posting);
    const lost = [...typed].filter((each) => !kept.has(each) && !givenUp.has(each));
    equal(lost, [], `seed ${seed}: lost words`);
    words += kept.size;
    for (const { page: { desk } } of people) {
      equal([desk.unsaved, desk.contests], [false, []], `seed ${seed}: all is saved`);
      equal(meaning(desk.posting), meaning(server.posting), `seed ${seed}: screens show it`);
    }
    const ids = server.posting.lines.map(({ id }) => id);
    ok(new Set(ids).size === ids.length, `seed ${seed}: ids are unique`);
    ok(textAt(server.posting, "title") !== null, `seed ${seed}: a posting`);
  }
  ok(words > RUNS, "words were typed and kept");
});
