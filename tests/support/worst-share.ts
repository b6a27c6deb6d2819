/** The greatest relative distance of numbers from those that were wanted. */
export function worstShare(given: ArrayLike<number>, wanted: number[]): number {
  return Math.max(...wanted.map((value, i) => Math.abs(given[i] / value - 1)));
}
