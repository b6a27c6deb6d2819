import { Momentum } from "./momentum.ts";

/** Momentum that looks ahead (Nesterov 1983): v = momentum · v + g; p −= learningRate · (g + momentum · v). */
export class Nesterov extends Momentum {
  override readonly name = "nesterov";
  protected override readonly looksAhead = 1;
}
