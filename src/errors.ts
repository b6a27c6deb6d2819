/** The base of every error that this library throws. */
export class NothingButWasmError extends Error {
  override name = "NothingButWasmError";
}

/** An argument that cannot be used: the message says what was given and what was wanted. */
export class ArgumentError extends NothingButWasmError {
  override name = "ArgumentError";
}

/** Shapes that do not fit together: the message says which were given and which were wanted. */
export class ShapeError extends NothingButWasmError {
  override name = "ShapeError";
}
