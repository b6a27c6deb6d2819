/** Any of the host's typed arrays of numbers or BigInts. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** @internal Whether a value is an array or a typed array; its elements, the `T` that they are taken for, are not looked at. */
export function isList<T = unknown>(value: unknown): value is ArrayLike<T> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
