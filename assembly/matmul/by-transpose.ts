// A product of many rows and two to four columns, c = a · bᵀ in f32, by its transpose, for the turbo build:
//
//    cᵀ(n × m) = b(n × k) · aᵀ(k × m)
//
// Rows of c leave half of a 256-bit vector empty or more, rows of cᵀ fill several. To turn a costs more than to turn b and less than
// that gains: over 128, two columns take 0.55 to 0.9 times as long, three, from five rows on, 0.65 to 0.95, four of rows by eights
// 0.8 to 0.95. That is dW of a layer with as few inputs. Rows that fill no vectors gain nothing with four columns, with five none do;
// nor does f64, whose rows of four fill one. The narrow build would gain as much for two and three, for 162 bytes. (Products of few
// rows go by their transpose too, in every build, by src/kernels/wasm.ts: they may go in blocks, these are small.)

import { IN_PAIRS } from "../lanes";
import { transpose } from "../transpose";
import { multiplyDirect } from "./direct";

/** Elements of aᵀ and cᵀ for which the least room to turn an operand is enough, of 32 kB (src/kernels/turning.ts): but for
 *  256 bytes, of which columnSums takes 32 to 128 to sum what stays there. */
const ROOM: usize = (1 << 13) - 64;

/** Whether the product goes this way: from a depth on that pays for the turning. */
// @ts-ignore: decorator
@inline
export function goesByTranspose<T>(m: usize, n: usize, k: usize): bool {
  if (!IN_PAIRS || sizeof<T>() != 4 || m < 5 || n < 2 || m * (k + n) > ROOM) return false;
  return n < 4 ? k >= 16 : n == 4 && k >= 32 && m % 8 == 0;
}

/** c(m × n) = a(m × k) · b(n × k)ᵀ, of a product that goesByTranspose. `room` is for aᵀ, which stays there, and for cᵀ behind it. */
export function multiplyByTranspose<T>(c: usize, a: usize, b: usize, room: usize, m: usize, n: usize, k: usize): void {
  transpose<T>(room, a, m, k);
  const cT = room + m * k * sizeof<T>();
  multiplyDirect<T>(cT, b, room, 0, n, m, k, k * sizeof<T>(), sizeof<T>());
  transpose<T>(c, cT, n, m);
}
