// Whose rule says which products go block by block.

import type { WasmExports } from "../wasm/exports.ts";
import type { BlockingRule } from "./blocking-limits.ts";
import { bytesOf, type DType } from "./dtype.ts";
import { narrowRule } from "./narrow-rule.ts";
import { isWide } from "./tile.ts";

let ruleOfWide = narrowRule;

/** Brings the rule of the wide tile (wide-rule.ts), which a program that never meets that need not carry. Without it, kernels with the
 *  wide tile go by the narrow one's: the same bits, somewhat later. */
export function bringWideRule(rule: (size: number) => BlockingRule): void {
  ruleOfWide = rule;
}

/** The rule for the tile of these kernels. */
export function blockingRule(exports: WasmExports, dtype: DType): BlockingRule {
  return (isWide(exports) ? ruleOfWide : narrowRule)(bytesOf(dtype));
}
