// Large matrices are written with their first and last rows and columns.

/** The most rows, and the most columns, that are written out. */
const MOST_SHOWN = 8;

/** The indices that are shown of so many, and −1 for those left out between them. */
export function shownIndices(count: number): readonly number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (count <= MOST_SHOWN) return all;
  return [...all.slice(0, MOST_SHOWN - 3), -1, ...all.slice(-2)];
}
