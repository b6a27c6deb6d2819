/** Turns the order of every list, empties every text and replaces every number, so that whoever shares the data shows it. */
export function wreck(data: unknown): void {
  if (typeof data !== "object" || data === null) return;
  const holder = data as Record<string, unknown>;
  for (const [name, value] of Object.entries(holder)) {
    wreck(value);
    if (typeof value === "number") holder[name] = value + 17;
    if (typeof value === "string") holder[name] = "";
  }
  if (Array.isArray(data)) data.reverse().push("one more");
}
