// What is left to do with compiled kernels when AssemblyScript and Binaryen's optimizations are done.
import binaryen from "assemblyscript/binaryen";

/** A module's bytes without its fences, without the exports that do nothing, and with others in place of those that only call them. */
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

/** AssemblyScript exports no instance of a generic function, only one that calls it: what it calls is exported in its place. What is
 *  only of the other build does nothing in this one. */
function exportDirectly(module) {
  const exports = Array.from({ length: module.getNumExports() }, (_, i) =>
    binaryen.getExportInfo(module.getExportByIndex(i)),
  );
  for (const { name, value } of exports.filter(({ kind }) => kind === binaryen.ExternalFunction)) {
    const { body, params } = binaryen.getFunctionInfo(module.getFunction(value));
    const isEmpty = binaryen.getExpressionId(body) === binaryen.NopId;
    const called = isEmpty ? undefined : calledAlone(body, params);
    if (isEmpty || called) module.removeExport(name);
    if (called) module.addFunctionExport(called, name);
  }
}

/** The function that is called with the same arguments, if that is all that is done. */
function calledAlone(body, params) {
  if (binaryen.getExpressionId(body) !== binaryen.CallId) return undefined;
  const { target, operands } = binaryen.getExpressionInfo(body);
  if (operands.length !== binaryen.expandType(params).length) return undefined;
  const passedOn = operands.map((operand) => binaryen.getExpressionInfo(operand));
  return passedOn.every(({ id, index }, i) => id === binaryen.LocalGetId && index === i) ? target : undefined;
}
