// Makes an element like a piece of HTML and keeps every node that stays, so that scroll position
// and selection do too. Nothing in the HTML runs.

/**
 * @param {Element} element
 * @param {string} html one element
 */
export function patch(element, html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  const fresh = made.content.firstElementChild;
  if (fresh) patchElement(element, fresh);
}

/** @param {Element} old @param {Element} fresh */
function patchElement(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  patchChildren(old, fresh);
}

/** @param {Element} parent @param {Element} fresh */
function patchChildren(parent, fresh) {
  const names = namesOf(parent);
  const wanted = namesOf(fresh);
  const staying = new Set(wanted.values());
  for (const [child, name] of names) if (!staying.has(name)) child.remove();
  let at = parent.firstChild;
  for (const node of [...fresh.childNodes]) {
    const match = firstLike(at, node, names, wanted.get(node));
    // What has no name of its own is not worth moving past.
    while (match && at && at !== match && !names.has(at)) at = drop(at);
    if (match && match === at) at = match.nextSibling;
    else parent.insertBefore(match ?? node, at);
    if (match) patchNode(match, node);
  }
  while (at) at = drop(at);
}

/**
 * The children that a target or section names, each with a name that is unique among them.
 * @param {Element} parent
 */
function namesOf(parent) {
  /** @type {Map<Node & ChildNode, string>} */
  const names = new Map();
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const child of parent.children) {
    const name = child.getAttribute("data-target") ?? child.getAttribute("data-section");
    if (name === null) continue;
    const key = `${child.nodeName} ${name}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    names.set(child, `${key} ${counts.get(key)}`);
  }
  return names;
}

/**
 * The node to make like `fresh`: of the same name, or the next of its kind before a named one.
 * @param {ChildNode | null} at
 * @param {Node} fresh
 * @param {ReadonlyMap<Node, string>} names
 * @param {string | undefined} name
 */
function firstLike(at, fresh, names, name) {
  for (let node = at; node; node = node.nextSibling) {
    if (node.nodeName === fresh.nodeName && names.get(node) === name) return node;
    if (name === undefined && (names.has(node) || !(fresh instanceof Element))) return null;
  }
  return null;
}

/** @param {ChildNode} node */
function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

/** @param {Node} old @param {Node} fresh */
function patchNode(old, fresh) {
  if (old instanceof Element && fresh instanceof Element) patchElement(old, fresh);
  else if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
}
