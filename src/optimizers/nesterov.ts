import { Momentum } from "./momentum.ts";

/**
 * Momentum that looks ahead (Nesterov 1983): v = momentum · v + g; p −= learningRate · (g + momentum · v).
 * @example
 * new Network([linear(1)], { optimizer: new Nesterov({ learningRate: 0.1, momentum: 0.9 }) });
 */
export class Nesterov extends Momentum {
  override readonly name = "nesterov";
  protected override readonly looksAhead = 1;
}
