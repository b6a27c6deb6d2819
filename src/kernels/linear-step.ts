/**
 * The operands of a linear layer's kernels, kept from call to call: addresses of its matrices and their sizes. One record
 * is handed on where eleven numbers would be, which V8 checks and passes one by one wherever it does not inline a call.
 */
export class LinearStep {
  /** z(nOut × m), the output */
  z = 0;
  /** a(nIn × m), the input */
  a = 0;
  /** w(nOut × nIn) and b(nOut × 1), the parameters */
  w = 0;
  b = 0;
  /** dW(nOut × nIn) and db(nOut × 1), their gradients */
  dW = 0;
  db = 0;
  /** dZ(nOut × m), the gradient that comes in, and dA(nIn × m), the one that goes on, or 0 if nobody wants it */
  dZ = 0;
  dA = 0;
  /** room for aᵀ, which kernels find */
  turned = 0;
  nOut = 0;
  m = 0;
  nIn = 0;
  /** which ways small steps of these sizes go, which kernels find */
  ways = 0;
  /** The rule that lets forward, or backward, go without packing; undefined after a change of a size, until kernels decide
   *  by theirs. */
  forwardsDirectly: unknown = undefined;
  backwardsDirectly: unknown = undefined;
}
