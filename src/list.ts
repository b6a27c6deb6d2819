/** @internal Whether a value is an array or a typed array; its elements, the `T` that they are taken for, are not looked at. */
export function isList<T = unknown>(value: unknown): value is ArrayLike<T> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}
