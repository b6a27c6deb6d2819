/** Rises whenever a matrix moves or is disposed, or kernels are exchanged. */
export let layoutVersion = 0;

/**
 * Rises whenever those who rely on matrices are told that one of these has moved, changed its shape or been disposed, or that kernels
 * were exchanged. Until it does, what was checked of a matrix holds: a layer that is handed the operand of its latest call again has
 * nothing to check. To check everything in each call took a quarter of an epoch of XOR.
 */
export let tellings = 0;

/** What nobody can hand in: kept where nothing is known. */
export const NOTHING: unknown = {};

/** What takes note that somebody relies on it. */
interface Relied {
  relied(): void;
}

interface Reference {
  deref(): Knowing | undefined;
  /** What holds it weakly. */
  readonly weakly?: Reference;
}

/**
 * Who is told next. Held weakly, since a layer that nobody else holds may go; but not before this job of the host ends, which a weak
 * reference that is read would wait for, too, and take ten times as long.
 */
let told: Reference[] = [];
/** How many of them, those that came first, are held weakly by now. */
let weakened = 0;
let willWeaken = false;

/** Most of them: where layers are dropped undisposed, the list would fill with references to nothing. */
const MOST = 4096;

/** Raises the version, and tells whoever relies on matrices unless what has changed is a matrix on which nobody does. */
export function layoutChanged(isReliedOn = true): void {
  layoutVersion++;
  if (isReliedOn) tell();
}

/** Tells whoever relies on matrices. */
export function tell(): void {
  tellings++;
  const all = told;
  told = [];
  weakened = 0;
  for (const each of all) each.deref()?.layoutChanged();
}

function weaken(): void {
  willWeaken = false;
  for (; weakened < told.length; weakened++) told[weakened] = told[weakened].weakly ?? told[weakened];
}

/**
 * What is told when the layout changes. It may keep what it has found of matrices and compare nothing in a call but whether it
 * is handed the same one again; the version, compared in each call too, makes the code of an epoch of XOR a tenth longer, and
 * V8 then leaves some of its calls out of line.
 */
export abstract class Knowing implements Reference {
  #weakly: Reference | undefined;
  #isTold = false;

  get weakly(): Reference {
    this.#weakly ??= typeof WeakRef === "function" ? new WeakRef<Knowing>(this) : this;
    return this.#weakly;
  }

  deref(): this {
    return this;
  }

  /**
   * Asks to be told, once; comes before whatever is kept is kept.
   * @param matrices those that must stay as they are, and only those: what becomes of one is told to all
   */
  rely(...matrices: readonly Relied[]): void {
    if (!this.#isTold) this.#ask();
    for (const matrix of matrices) matrix.relied();
  }

  #ask(): void {
    if (told.length >= MOST) layoutChanged();
    told.push(this);
    this.#isTold = true;
    if (willWeaken) return;
    willWeaken = true;
    void Promise.resolve().then(weaken);
  }

  /** The layout has changed. */
  layoutChanged(): void {
    this.#isTold = false;
    this.forget();
  }

  /** Keeps nothing any more. */
  protected abstract forget(): void;
}
