/** Characters of a string that a message quotes: a file that was read where a name belongs is not told in full. */
const QUOTED = 60;

/** @internal "1 example", "2 examples". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** @internal "1 of 40 labels is", "2 of 40 labels are". */
export function someOf(count: number, all: number, noun: string): string {
  return `${count} of ${counted(all, noun)} ${count === 1 ? "is" : "are"}`;
}

/** @internal A value, in a message that wants one of a class of ours: who gave just that has it from another copy of the library. */
export function describeOther(className: string, value: unknown): string {
  const given = describe(value);
  return given === `a ${className}` ? "one of another copy of the library" : given;
}

/** @internal A name or another value as JSON has it, of text no more than its beginning. */
export function quoted(value: unknown): string {
  const isLong = typeof value === "string" && value.length > QUOTED;
  return JSON.stringify(isLong ? `${value.slice(0, QUOTED)}…` : value);
}

/** @internal A value in a few words, for a message: of a plain object its first field, which tells what result or options it is. */
export function describe(value: unknown): string {
  if (value === null || value === undefined || typeof value === "number") return String(value);
  if (typeof value === "string") {
    return `the string ${quoted(value)}`;
  }
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const name: unknown = value.constructor?.name;
  if (typeof name !== "string" || name === "" || name === "Object") {
    const [field] = Object.keys(value);
    return field === undefined ? "an object" : `an object with ${quoted(field)}`;
  }
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}
