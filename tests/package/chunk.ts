import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "../platform/support/packed.ts";

const chunks = path.join(root, "dist/chunks");

/** The text of a chunk of dist, whose file has a digest behind its name. */
export function chunk(name: string): string {
  const found = readdirSync(chunks).find((file) => file.startsWith(`${name}-`) && file.endsWith(".js"));
  return readFileSync(path.join(chunks, found as string), "utf8");
}
