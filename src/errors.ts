/** The base of every error this library throws on purpose: `catch (e) { if (e instanceof NothingButWasmError) … }`. */
export class NothingButWasmError extends Error {
  /** The name of the class, whatever a minifier made of it. */
  override get name(): string {
    return "NothingButWasmError";
  }
}

/** An argument has the wrong type or a value outside its range. */
export class ArgumentError extends NothingButWasmError {
  override get name(): string {
    return "ArgumentError";
  }
}

/** A step was asked for before the step it needs: `backward` before `forward`, `updateParams` before `backward`. */
export class OrderError extends ArgumentError {
  override get name(): string {
    return "OrderError";
  }
}

/** A category that was not there when the encoder learned its categories. */
export class UnknownCategoryError extends ArgumentError {
  override get name(): string {
    return "UnknownCategoryError";
  }
}

/** A size is not a positive whole number, rows are ragged, or two shapes do not fit together. */
export class ShapeError extends NothingButWasmError {
  override get name(): string {
    return "ShapeError";
  }
}

/** An unknown dtype, or two dtypes in one operation. */
export class DTypeError extends NothingButWasmError {
  override get name(): string {
    return "DTypeError";
  }
}

/** A matrix or layer was used after `dispose()`. */
export class DisposedError extends NothingButWasmError {
  override get name(): string {
    return "DisposedError";
  }
}

/**
 * There is no room: the linear memory cannot grow, or the host has none for a list. Whatever makes a matrix or a layer may throw it;
 * every earlier matrix is intact.
 */
export class OutOfMemoryError extends NothingButWasmError {
  override get name(): string {
    return "OutOfMemoryError";
  }
}

/** The host cannot start the Wasm kernels, a worker or a shared memory. The message says what it lacks. */
export class HostError extends NothingButWasmError {
  override get name(): string {
    return "HostError";
  }
}

/**
 * A worker thread ended, threw or stopped answering. If that was in the middle of an operation, its result is not to be used, its
 * operands are intact, and calling it again runs it on the threads that are left; if of `trainInWorker`, the weights are those
 * from before.
 */
export class ThreadError extends NothingButWasmError {
  override get name(): string {
    return "ThreadError";
  }
}

/** Every class by its name, for an error that comes from another thread. Names one by one, since a bundler keeps a whole namespace
 *  and what makes it. */
export const errorClasses = {
  NothingButWasmError,
  ArgumentError,
  OrderError,
  UnknownCategoryError,
  ShapeError,
  DTypeError,
  DisposedError,
  OutOfMemoryError,
  HostError,
  ThreadError,
};
