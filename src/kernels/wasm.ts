import type { WasmExports, WasmKernel } from "../wasm/exports.ts";
import type { LinearMemory } from "../wasm/memory.ts";
import { type BlockedProduct, reserveRoom } from "./blocked-product.ts";
import type { BlockingRule } from "./blocking-limits.ts";
import { blockingRule } from "./blocking-rule.ts";
import { bytesOf, type DType, suffixOf } from "./dtype.ts";
import type { Kernels } from "./kernels.ts";
import { type Prepared, type Recorded, writeRecord } from "./records.ts";
import { isWide } from "./tile.ts";
import { roomToTranspose, roomToTurn } from "./turning.ts";
import type { Workspace } from "./workspace.ts";

/**
 * The compiled kernels of one dtype. Small products go straight to Wasm, large ones block by block; where a right operand is stored
 * transposed and the left one is the smaller by far, that one is turned and the product's transpose computed.
 */
export function createWasmKernels(
  exports: WasmExports,
  dtype: DType,
  blockedProduct: BlockedProduct,
  memory: LinearMemory,
  workspace: Workspace,
  large: BlockingRule = blockingRule(exports, dtype),
): Kernels {
  const suffix = suffixOf(dtype);
  // all that the module has for this dtype, the steps of blocked products too: a list of names would be theirs over again
  const own: Record<string, WasmKernel> = {};
  for (const name in exports) if (name.endsWith(suffix)) own[name.slice(0, -suffix.length)] = exports[name];
  const { matmulNN, matmulNT, matmulTN, addBias, rowSums, transpose } = own;
  const double = dtype === "float64" ? 1 : 0;
  const wide = isWide(exports);

  /** How a kernel that takes a record goes: what stands there behind the operands, the dtype alone unless said here, or, of what is
   *  large, what runs it. */
  const ways: { [Name in Recorded]?: (operands: readonly number[]) => readonly number[] | Prepared } = {
    linearForward([z, w, a, b, nOut, m, nIn]) {
      if (!large(nOut, m, nIn)) return [exports.linearWays(nOut, m, nIn, double)];
      return () => {
        blockedProduct(z, w, a, nOut, m, nIn, false, false);
        addBias(z, b, nOut, m);
      };
    },
    linearBackward([dW, db, dA, dZ, a, w, nOut, m, nIn]) {
      if (
        !roomToTranspose(workspace, wide, dtype, nOut, nIn, m) &&
        !large(nOut, nIn, m, false, true) &&
        (dA === 0 || !large(nIn, m, nOut, true))
      ) {
        return [roomToTurn(workspace, dtype, nOut, nIn, m), exports.linearWays(nOut, m, nIn, double)];
      }
      return () => {
        // before dW is written, whose own product finds its room first
        if (dA !== 0) reserveRoom(workspace, wide, dtype, nIn, m, nOut);
        kernels.matmulNT(dW, dZ, a, nOut, nIn, m);
        rowSums(db, dZ, nOut, m);
        if (dA !== 0) kernels.matmulTN(dA, w, dZ, nIn, m, nOut);
      };
    },
  };

  const kernels: Kernels = {
    ...(own as unknown as Kernels),
    prepare(name, record, operands) {
      const way = ways[name]?.(operands) ?? [double];
      if (typeof way === "function") return way;
      writeRecord(memory.u32, record, operands, way);
      return exports[name] as Prepared;
    },
    matmulNN(c, a, b, m, n, k) {
      if (large(m, n, k)) blockedProduct(c, a, b, m, n, k, false, false);
      else matmulNN(c, a, b, m, n, k);
    },
    matmulNT(c, a, b, m, n, k) {
      const aT = roomToTranspose(workspace, wide, dtype, m, n, k);
      if (aT) {
        const cT = aT + m * k * bytesOf(dtype);
        transpose(aT, a, m, k);
        kernels.matmulNN(cT, b, aT, n, m, k);
        transpose(c, cT, n, m);
      } else if (large(m, n, k, false, true)) blockedProduct(c, a, b, m, n, k, false, true);
      else matmulNT(c, a, b, roomToTurn(workspace, dtype, m, n, k), m, n, k);
    },
    matmulTN(c, a, b, m, n, k) {
      if (large(m, n, k, true)) blockedProduct(c, a, b, m, n, k, true, false);
      else matmulTN(c, a, b, m, n, k);
    },
  };
  return kernels;
}
