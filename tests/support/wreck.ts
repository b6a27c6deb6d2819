/** Turns the order of every list and replaces every text and number, but of what is frozen, so that whoever shares the data shows it. */
export function wreck(data: unknown): void {
  if (typeof data !== "object" || data === null) return;
  const holder = data as Record<string, unknown>;
  const isFrozen = Object.isFrozen(data);
  for (const [name, value] of Object.entries(holder)) {
    wreck(value);
    if (isFrozen) continue;
    if (typeof value === "number") holder[name] = value + 17;
    if (typeof value === "string") holder[name] = "";
  }
  if (Array.isArray(data) && !isFrozen) data.reverse().push("one more");
}
