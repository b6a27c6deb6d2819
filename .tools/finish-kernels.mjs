// What is left to do with compiled kernels when AssemblyScript and Binaryen's optimizations are done.
import binaryen from "assemblyscript/binaryen";

/** A module's bytes without its fences, and with the exports that only call another function in its place. */
export function finish(bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(binaryen.Features.All);
  liftFences(module);
  exportDirectly(module);
  module.runPasses(["remove-unused-module-elements"]);
  if (!module.validate()) throw new Error("The finished kernels are not valid.");
  const finished = module.emitBinary();
  module.dispose();
  return finished;
}

/** Takes the fences out (assembly/fence.ts), when nothing is moved any more. */
function liftFences(module) {
  module.removeExport("fence");
  // of a global that nobody writes the value is known, and so is what a break does that asks for it
  module.runPasses(["simplify-globals", "precompute", "vacuum"]);
}

/** AssemblyScript exports no instance of a generic function, only one that calls it: what it calls is exported in its place. */
function exportDirectly(module) {
  const exports = Array.from({ length: module.getNumExports() }, (_, i) =>
    binaryen.getExportInfo(module.getExportByIndex(i)),
  );
  for (const { name, kind, value } of exports) {
    const called = kind === binaryen.ExternalFunction && calledAlone(module.getFunction(value));
    if (!called) continue;
    module.removeExport(name);
    module.addFunctionExport(called, name);
  }
}

/** The function that is called with the same arguments, if that is all that is done. */
function calledAlone(ref) {
  const { body, params } = binaryen.getFunctionInfo(ref);
  const { id, target, operands } = binaryen.getExpressionInfo(body);
  if (id !== binaryen.CallId || operands.length !== binaryen.expandType(params).length) return undefined;
  const passedOn = operands.map((operand) => binaryen.getExpressionInfo(operand));
  return passedOn.every(({ id, index }, i) => id === binaryen.LocalGetId && index === i) ? target : undefined;
}
