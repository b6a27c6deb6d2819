// A first-level cache as most processors have it: 32 kB, or more ways of the same sets.

/** Bytes of a line. */
export const CACHE_LINE: usize = 64;

/** Lines that lie this far apart, or a multiple of it, meet in one set. */
export const SET_STRIDE: usize = 4096;

/** Lines that a set holds. */
export const WAYS: usize = 8;
