// The shapes that the builder's modules share. Never loaded by a browser.

export type SectionKey =
  | "duties"
  | "education"
  | "credentials"
  | "experience"
  | "skills"
  | "preferred"
  | "benefits"
  | "conditions";

/** A part of the printed posting: a card of the editor, a heading of the document. */
export type PartKey =
  | "about-role"
  | "duties"
  | "needs"
  | "preferred"
  | "pay"
  | "conditions"
  | "about-us"
  | "apply"
  | "equal-opportunity";

export type PlacePart = "street" | "city" | "state" | "postal_code" | "country";

/** One item of a list. `origin` is the role line it came from. */
export interface Line {
  readonly id: string;
  readonly section: SectionKey;
  readonly text: string;
  readonly origin: string | null;
}

export type Place = { readonly id: string } & { readonly [part in PlacePart]: string };

export type FieldName =
  | "title"
  | "requisition"
  | "department"
  | "openings"
  | "reports_to"
  | "arrangement"
  | "arrangement_detail"
  | "employment_type"
  | "schedule"
  | "hours"
  | "flsa"
  | "pay_low"
  | "pay_high"
  | "pay_unit"
  | "other_pay"
  | "closing_date"
  | "contact"
  | "summary"
  | "about_us"
  | "how_to_apply"
  | "equal_opportunity"
  | "accommodation";

/** A posting as jobdesc/postings/posting.py has it. Never changed in place. */
export type Posting = { readonly [field in FieldName]: string } & {
  readonly schema: number;
  readonly role: string;
  readonly level: string;
  readonly base: string;
  readonly places: readonly Place[];
  readonly lines: readonly Line[];
  readonly removed_origins: readonly string[];
  readonly part_order: readonly PartKey[];
  readonly hidden_parts: readonly PartKey[];
};

/** A level, and the hash of the text that a posting at that level is assembled from. */
export interface LevelBase {
  readonly level: string;
  readonly base: string;
}

/** A field by name, or a part of a place as "place:<id>.<part>". */
export interface SetField {
  readonly do: "set";
  readonly target: string;
  readonly before: string;
  readonly after: string;
}

export interface SetLine {
  readonly do: "set-line";
  readonly line: string;
  readonly before: string;
  readonly after: string;
}

/** A new line after the line named, else at the end of its section. */
export interface AddLine {
  readonly do: "add-line";
  readonly line: string;
  readonly section: SectionKey;
  readonly text: string;
  readonly after: string | null;
  readonly origin: string | null;
}

export interface RemoveLine {
  readonly do: "remove-line";
  readonly line: string;
  readonly before: string;
  /** The origin is not remembered as removed by a person: where adding it is undone. */
  readonly forget?: boolean;
}

/** A line put after another, or first where `after` is null; into `section` if it is not null. */
export interface MoveLine {
  readonly do: "move-line";
  readonly line: string;
  readonly after: string | null;
  readonly section: SectionKey | null;
}

export interface AddPlace {
  readonly do: "add-place";
  readonly place: Place;
  readonly first: boolean;
}

/** `before` is the place as one line, see `wholePlace`. */
export interface RemovePlace {
  readonly do: "remove-place";
  readonly place: string;
  readonly before: string;
}

export interface Arrange {
  readonly do: "arrange";
  readonly before: readonly PartKey[];
  readonly after: readonly PartKey[];
}

export interface Hide {
  readonly do: "hide";
  readonly part: PartKey;
  readonly before: boolean;
  readonly after: boolean;
}

/** A level change with all that came with it; refused as a whole where `before` is not so. */
export interface ChangeLevel {
  readonly do: "change-level";
  readonly before: LevelBase;
  readonly after: LevelBase;
  readonly changes: readonly Change[];
}

export type Change =
  | SetField
  | SetLine
  | AddLine
  | RemoveLine
  | MoveLine
  | AddPlace
  | RemovePlace
  | Arrange
  | Hide
  | ChangeLevel;

/** Where the caret was: the name of a control, and its selection in characters. */
export interface Spot {
  readonly control: string;
  readonly start: number;
  readonly end: number;
}

/** One entry of the undo stack. */
export interface Step {
  readonly label: string;
  readonly changes: readonly Change[];
  readonly inverse: readonly Change[];
  readonly spot: Spot | null;
  readonly merge: string;
  readonly at: number;
}

/** What the screen has to follow. */
export interface DeskEvent {
  readonly cause: "edit" | "undo" | "redo" | "server" | "restore";
  readonly posting: Posting;
  readonly before: Posting;
  readonly step: Step | null;
  /** What to tell the person, such as "Ana Ruiz edited Pay and benefits". */
  readonly notes: readonly string[];
}

export interface EditOptions {
  /** Edits with the same key within a second are one step. */
  readonly merge?: string;
  readonly spot?: Spot | null;
}

/** A text that two people changed: what stands here and what stands on the server. */
export interface Contest {
  /** "line:<id>", or the target of a SetField. */
  readonly control: string;
  readonly mine: string;
  readonly theirs: string;
}

/** A change that the server cannot hold; its words stay on this screen. */
export interface Refusal {
  /** A control as in `Contest`, or "place:<id>", "order", "hide:<part>", "level". */
  readonly control: string;
  readonly message: string;
}

/** The posting being edited, and the one way to change it (desk.js). */
export interface Desk {
  readonly posting: Posting;
  readonly counter: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly contests: readonly Contest[];
  readonly refusals: readonly Refusal[];
  /** The role's own text by origin, at the level that the server has. */
  readonly template: { readonly [origin: string]: string };
  edit(label: string, changes: readonly Change[], options?: EditOptions): void;
  undo(): void;
  redo(): void;
  /**
   * Settle a contest: the text is `text` from now on. "Take theirs" passes theirs; undoable.
   * `theirs` is the text that was shown beside mine: a newer one is asked about again.
   */
  settle(control: string, text: string, theirs?: string): void;
  onChange(listener: (event: DeskEvent) => void): void;
  /** Let `refuse` tell which edits are not to be made; it says why by itself. */
  guard(refuse: (changes: readonly Change[]) => boolean): void;
  /** Whether something is neither saved nor refused. */
  readonly unsaved: boolean;
}

/** Changes sent under one id, until they are answered. */
export interface Batch {
  readonly save: string;
  readonly changes: readonly Change[];
  /** Changes of earlier batches that came back and wait for this one. */
  readonly carried: readonly Change[];
}

/** What is not on the server, as a browser keeps it. `here` is the posting with it. */
export interface Unsent {
  readonly batches: readonly Batch[];
  readonly pending: readonly Change[];
  readonly contests: readonly Contest[];
  readonly here: Posting;
}

/** The side of the desk that saver.js and recovery.js use. */
export interface CoreDesk extends Desk {
  /** Whose words these are. */
  readonly person: number;
  /** The oldest batch that is not answered. */
  readonly batch: Batch | null;
  /** Whether there is something that can be sent now. */
  readonly sendable: boolean;
  readonly unsent: Unsent | null;
  /** Puts what can be sent into a batch, up to `room` bytes of it. */
  outgoing(save: string, room?: number): Batch | null;
  /** The answer to the batch that was sent as `save`. */
  taken(answer: SaveAnswer, save: string): void;
  /** That batch was not taken, and will not be sent again as it is. */
  failed(save: string): void;
  /** What the server has now; left alone while a batch is out. */
  install(state: ServerState): void;
  /** Changes of this tab before it was loaded again: batches go out once more under their ids. */
  resume(unsent: Unsent): void;
  /** Changes of another visit as one undoable step. */
  keep(unsent: Unsent): void;
  /** How many changes of another visit would make a difference here. */
  matters(unsent: Unsent): number;
}

/** What saver.js says of the saves; `text` is for the live region, empty while changes wait. */
export interface SaveState {
  readonly text: string;
  /** Whether to show a Retry button. */
  readonly retry: boolean;
  /** Signing in again, then `resume()`, goes on. */
  readonly signedOut: boolean;
  /** The posting was removed; words stay on this device. */
  readonly gone: boolean;
}

/** Changes of another visit that are not on the server. `at` is a time in milliseconds. */
export interface Recovered {
  readonly count: number;
  readonly at: number;
  keep(): void;
  discard(): void;
}

/** What /postings/<id>/changes and /postings/<id>/state answer. */
export interface ServerState {
  readonly posting: Posting;
  readonly counter: number;
  /** The role's own text by origin, as the posting was assembled from it. */
  readonly template: { readonly [origin: string]: string };
  readonly csrf: string;
  /** Whose session answered. */
  readonly person: number;
  readonly others: readonly { readonly who: string; readonly parts: readonly string[] }[];
}

export interface SaveAnswer extends ServerState {
  /** Indexes into the changes sent that met a change by someone else. */
  readonly conflicts: readonly number[];
  readonly refused: readonly { readonly index: number; readonly message: string }[];
}

export interface PreviewAnswer {
  readonly fragment: string;
  readonly missing: readonly string[];
  readonly faults: { readonly [field: string]: string };
  /** The drawing of the pay range and the sentence under it, as HTML. */
  readonly pay: string;
  readonly beside: { readonly [control: string]: string };
  readonly noted: boolean;
  readonly locked: BesideAnswer["locked"];
}

/** What stands beside controls, as HTML, and why this person may not change what is locked. */
export interface BesideAnswer {
  readonly beside?: { readonly [control: string]: string };
  /** Whether there can be anything. */
  readonly noted: boolean;
  /** By control, and by "part:<key>" of what cannot be hidden. */
  readonly locked: { readonly [name: string]: string };
}

/** Where a page begins: before line `line` of `of` in the nth element of `target`. */
export interface PageBreak {
  /** data-target or "section:<key>" for a heading. */
  readonly target: string;
  readonly nth: number;
  readonly line: number;
  readonly of: number;
}

export interface PagesAnswer {
  readonly pages: number;
  readonly breaks: readonly PageBreak[];
  /** Characters that a PDF names in brackets. */
  readonly named: readonly string[];
}

/** What the page hands over at its start, in <script type="application/json" id="builder-data">. */
export interface BuilderData {
  readonly state: ServerState;
  readonly id: number;
  readonly paper: "US Letter" | "A4";
  readonly sections: { readonly [key in SectionKey]: { title: string; noun: string } };
  readonly parts: { readonly [key in PartKey]: string };
  readonly noted: boolean;
  readonly locked: BesideAnswer["locked"];
}
