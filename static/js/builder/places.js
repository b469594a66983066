// Places of work: added, removed, and read from a line such as "Portland, OR".

import { all, controlNamed, find, onPress } from "./elements.js";
import { newId, wholePlace } from "./posting.js";

/** @import { Errors } from "./errors.js" */
/** @import { Say } from "./messages.js" */
/** @import { Change, Desk, Place, PlacePart } from "./types.d.ts" */
/** @typedef {{[part in PlacePart]: string}} Address */

const PARTS = /** @type {const} */ (["street", "city", "state", "postal_code", "country"]);
const EMPTY = { street: "", city: "", state: "", postal_code: "", country: "" };
const POSTAL = /[ ,]*(\d{5}(?:-\d{4})?)?$/;
const UNCLEAR = "Enter the location as city and state, like Portland, OR.";

/**
 * The address that a line names; null where it names no region beside the city. What ends in no
 * postal code and no state's letters, as "Toronto, Ontario, Canada", is city, region and country.
 * @param {string} text
 * @returns {Address | null}
 */
export function readPlace(text) {
  const postal_code = text.trim().match(POSTAL)?.[1] ?? "";
  const parts = text.trim().replace(POSTAL, "").split(",").map((part) => part.trim());
  const short = /^[a-z]{2}$/i.test(parts.at(-1) ?? "");
  const within = postal_code || short || parts.length < 3 ||
    (parts.length === 3 && /\d/.test(parts[0]));
  const country = within ? "" : parts.pop() ?? "";
  const state = parts.pop() ?? "";
  const city = parts.pop() ?? "";
  if (!city || !state) return null;
  const street = parts.join(", ");
  return { street, city, state: short ? state.toUpperCase() : state, postal_code, country };
}

/**
 * The changes that make `address` the first place. What it does not say goes only where the line
 * said it `before`.
 * @param {readonly Place[]} places
 * @param {Address} address
 * @param {Address} before
 * @returns {Change[]}
 */
function changesTo([first], address, before) {
  if (!first) return [{ do: "add-place", place: { id: newId(), ...address }, first: true }];
  const own = PARTS.filter((part) => address[part] || first[part] === before[part]);
  return own.filter((part) => first[part] !== address[part]).map((part) => ({
    do: "set",
    target: `place:${first.id}.${part}`,
    before: first[part],
    after: address[part],
  }));
}

/**
 * @param {object} options
 * @param {Desk} options.desk
 * @param {Errors} options.errors
 * @param {Say} options.say
 */
export function createPlaces({ desk, errors, say }) {
  const set = find("#places");
  const template = /** @type {HTMLTemplateElement} */ (find("#place-template"));
  const line = controlNamed("location");
  /** @type {Address} */
  let read = EMPTY;

  /** @param {Place} place */
  function groupOf(place) {
    const old = all("[data-place]", set).find((it) => it.dataset.place === place.id);
    return old ?? newGroup(template, place.id);
  }

  function show() {
    const { places } = desk.posting;
    const groups = places.map(groupOf);
    for (const old of all("[data-place]", set)) if (!groups.includes(old)) old.remove();
    groups.forEach((group, index) => {
      if (all("[data-place]", set)[index] !== group) add(group, index);
      group.setAttribute("aria-label", `Place ${index + 1}`);
      const remove = find("[data-remove-place]", group);
      remove.textContent = `Remove place ${index + 1}`;
      remove.hidden = places.length < 2;
    });
    find("legend", set).textContent = places.length < 2 ? "Place" : "Places";
  }

  /** @param {HTMLElement} group @param {number} index */
  function add(group, index) {
    set.insertBefore(group, all("[data-place], [data-add-place]", set)[index]);
  }

  function addPlace() {
    const id = newId();
    desk.edit("Add a place", [{ do: "add-place", place: { id, ...EMPTY }, first: false }]);
    controlNamed(`place:${id}.street`)?.focus();
  }

  /** @param {HTMLElement} button */
  function removePlace(button) {
    const group = button.closest("[data-place]");
    const place = desk.posting.places.find(({ id }) => id === group?.getAttribute("data-place"));
    if (!place) return;
    const before = wholePlace(place);
    desk.edit("Remove a place", [{ do: "remove-place", place: place.id, before }]);
    find("[data-add-place]", set).focus();
    say("Place removed.", { undo: desk.undo });
  }

  function readLine() {
    const { places } = desk.posting;
    const address = readPlace(line?.value ?? "");
    errors.setUnclear({});
    if (!address && !places.length) return;
    const changes = changesTo(places, address ?? EMPTY, read);
    read = address ?? EMPTY;
    desk.edit("Typing in Location", changes, { merge: "location" });
  }

  /** Where the place is no longer what the line says, the line says what it is. */
  function showLine() {
    const [place] = desk.posting.places;
    if (!line || PARTS.every((part) => !read[part] || read[part] === place?.[part])) return;
    line.value = place ? wholePlace(place) : "";
    read = readPlace(line.value) ?? EMPTY;
  }

  function leaveLine() {
    if (line?.value.trim() && !readPlace(line.value)) errors.setUnclear({ location: UNCLEAR });
  }

  onPress("[data-add-place]", addPlace);
  onPress("[data-remove-place]", removePlace);
  line?.addEventListener("input", readLine);
  line?.addEventListener("change", leaveLine);
  desk.onChange(({ cause }) => {
    show();
    if (cause !== "edit") showLine();
  });
  // What was typed before the scripts were there.
  if (line instanceof HTMLInputElement && line.value !== line.defaultValue) readLine();
}

/** @param {HTMLTemplateElement} template @param {string} id */
function newGroup(template, id) {
  const group = find(".place", /** @type {ParentNode} */ (template.content.cloneNode(true)));
  group.dataset.place = id;
  for (const input of all("[data-place-part]", group)) {
    const name = `place:${id}.${input.dataset.placePart}`;
    input.id = name;
    input.setAttribute("name", name);
    const label = input.closest("label");
    label?.setAttribute("for", name);
    label?.after(input);
  }
  return group;
}
