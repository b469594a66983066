/// <reference lib="deno.ns" />
// Reads cases of a posting and changes from its input; writes what the builder makes of them.

/** @import { Change, Posting } from "../../static/js/builder/types.d.ts" */

import { apply } from "../../static/js/builder/posting.js";

async function run() {
  /** @type {{posting: Posting, changes: Change[]}[]} */
  const cases = await new Response(Deno.stdin.readable).json();
  const made = cases.map(({ posting, changes }) => apply(posting, changes));
  await new Blob([JSON.stringify(made)]).stream().pipeTo(Deno.stdout.writable);
}

run();
