/** Any of the host's typed arrays of numbers or BigInts. */
export type TypedArray = ArrayBufferView &
  (ArrayLike<number> | ArrayLike<bigint>) & { [index: number]: unknown };

/** An array or typed array. Text, which TypeScript takes for an array of its characters, is none. */
export type ListOf<T> = object & ArrayLike<T>;

/** @internal Whether a value is an array or a typed array; its elements, the `T` that they are taken for, are not looked at. */
export function isList<T = unknown>(value: unknown): value is ArrayLike<T> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
