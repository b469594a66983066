"""A script and what it imports become one that does the same; what cannot be joined is refused."""

from pathlib import Path

import pytest

from jobdesc.web.linking import CannotLink, imported, link
from jobdesc.web.scripts import read_scripts
from tests.deno import deno

MODULES = {
    "app/main.js": """
        import { Counter, later } from "./counter.js";
        import {
          isOdd,
          most,
        } from "./odd.js";
        import { isEven } from "./even.js";
        import { joined } from "../texts.js";

        const own = "main";
        const { said } = begin();
        function begin() { return { said: [own] }; }
        said.push(joined`a${1}b${2}\\n`, "\\0\\x01\\u2028".length, `${`in ${"ner"}`}`);
        said.push(isOdd(7), isEven(7), most, new Counter().next().next().value);
        said.push(said.missing?.length ?? "none", "x,y;z".split(/[,;]/v), /\\p{Lu}/u.test("É"));
        said.push([..."ab"].map((it, at) => ({ [it]: at })), 0.1 + 0.2, 1_000, 1e21, -0 === 0);
        on: for (const a of [1, 2]) {
          for (const b of [1, 2]) { if (b > a) continue on; said.push(a); }
        }
        later().then(({ named, own }) => console.log(JSON.stringify([...said, named, own])));
        """,
    "app/counter.js": """
        /** @import { Never } from "./never.js" */
        import { count } from "../texts.js";
        export { isOdd } from "./odd.js";

        const own = "counter";
        export class Counter {
          #value = own.length;
          static #made = 0;
          next() { this.#value += Counter.#made++ + [...count(3)].at(-1); return this; }
          get value() { return this.#value; }
        }
        export const later = async () => await import("./later.js");
        """,
    "app/odd.js": """
        import { isEven } from "./even.js";

        export const most = 9;
        export function isOdd(it) { return it !== 0 && isEven(it - 1); }
        """,
    "app/even.js": """
        import { isOdd } from "./odd.js";

        function isEven(it) { return it === 0 || isOdd(it - 1); }
        export { isEven };
        """,
    "app/later.js": """
        export { joined } from "../texts.js";
        export async function named() {}
        export const own = "later";
        """,
    "texts.js": """
        export function* count(most) { for (let it = 0; it <= most; it++) yield it; }
        export const joined = (texts, ...values) => texts.raw.join("|") + values;
        """,
}


def dedented(text: str) -> str:
    return "\n".join(line.removeprefix(" " * 8) for line in text.split("\n"))


def written(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_what_is_joined_and_minified_does_what_its_modules_do(tmp_path: Path) -> None:
    modules = {name: dedented(text) for name, text in MODULES.items()}
    alone = written(tmp_path / "modules", modules)
    bodies = {name: body.decode() for name, body in read_scripts(alone).bodies.items()}
    wanted = ("app/main.js", "app/later.js")
    joined = written(tmp_path / "joined", {name: bodies[name] for name in wanted})
    said = deno("run", "--allow-read", joined / "app/main.js")
    assert said == deno("run", "--allow-read", alone / "app/main.js") != ""


def test_each_module_runs_once_and_behind_what_it_imports() -> None:
    sources = {
        "main.js": 'import { b } from "./b.js";\nimport { a } from "./a.js";\nrun(a, b);\n',
        "a.js": "export const a = 1;\n",
        "b.js": 'import { a } from "./a.js";\nexport const b = a + 1;\n',
    }
    text = link("main.js", sources)
    assert text.split() == (
        "(() => { const [a] = (() => { export const a = 1; return [a]; })();"
        " const [b] = (() => { export const b = a + 1; return [b]; })();"
        " (() => { run(a, b); })(); })();"
    ).replace("export ", "").split()  # fmt: skip
    assert imported(sources) == {"a.js", "b.js"}


def test_a_script_keeps_what_it_exports() -> None:
    sources = {"later.js": 'export { a } from "./a.js";\nexport const b = 1;\n'}
    sources["a.js"] = "export function a() {}\n"
    assert link("later.js", sources).endswith("\nreturn [b, a];\n})();\nexport { b, a };")


@pytest.mark.parametrize(
    "statement",
    [
        "export default 1;",
        "export * from './b.js';",
        'export * from "./b.js";',
        'export { b as c } from "./b.js";',
        "export { b as c };",
        "export let c = 1;",
        "export const { c } = { c: 1 };",
        "export async () => 1;",
        'import b from "./b.js";',
        'import * as b from "./b.js";',
        'import { b as c } from "./b.js";',
        'import { b } from "b";',
        'import { b } from "https://example.com/b.js";',
        "import { b } from './b.js';",
        'import "./b.js";',
        'import b, { c } from "./b.js";',
        "await f();",
        "const c = await f();",
        "for await (const c of f()) g(c);",
    ],
)
def test_a_statement_that_is_not_joined_is_refused_with_its_line(statement: str) -> None:
    sources = {"a.js": f'import {{\n  b,\n}} from "./b.js";\nb();\n{statement}\n'}
    sources["b.js"] = "export const b = 1;\n"
    with pytest.raises(CannotLink) as refused:
        link("a.js", sources)
    assert str(refused.value) == f"a.js, line 5: this cannot be joined to others: {statement}"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('import { c } from "./c.js";', "a.js imports c.js, which is not there"),
        ('import { b } from "../b.js";', "a.js imports ../b.js, which is not there"),
        ('import { c } from "./b.js";', "a.js imports c, which b.js does not export"),
        ('export { c } from "./b.js";', "a.js imports c, which b.js does not export"),
        ('import {} from "./b.js";\nexport const b = 2;', "b.js and a.js both export b"),
        ('f(import("./c.js"));', 'a.js: there is no script for import("./c.js")'),
        ("f(import(g));", "a.js: there is no script for import("),
        ("f(import.meta.url);", "a.js: there is no script for import.meta"),
        (
            'import { d } from "./in/d.js";',
            'in/d.js: import("../b.js") would be looked for beside a.js',
        ),
    ],
)
def test_an_import_that_leads_nowhere_is_refused(text: str, reason: str) -> None:
    sources = {
        "a.js": f"{text}\n",
        "b.js": "export const b = 1;\n",
        "in/d.js": 'export const d = () => import("../b.js");\n',
    }
    with pytest.raises(CannotLink) as refused:
        link("a.js", sources)
    assert str(refused.value) == reason


def test_words_that_only_look_like_imports_are_left_alone() -> None:
    text = 'const exported = "import them";\nimportAll();\nasync () => {\n  await f();\n};\n'
    assert text in link("a.js", {"a.js": text})
