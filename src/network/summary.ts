import { counted } from "../describe.ts";
import { LinearLayer } from "../layers/linear-layer.ts";
import type { LayerSpec } from "../layers/specs.ts";
import type { Graph } from "./graph.ts";

/**
 * The layers, the shapes of their outputs and how many parameters they have, as a table of text. Layers are counted
 * the article's way: those with weights.
 *
 * @param graph the layers, once they are made
 */
export function summaryOf(specs: readonly LayerSpec[], graph: Graph | undefined): string {
  const lines = [["layer", "output", "parameters"]];
  let total = 0;
  for (const [i, spec] of specs.entries()) {
    const layer = graph?.layers[i];
    const rows = layer?.output.rows ?? (spec.kind === "linear" ? spec.nOut : undefined);
    let count = "0";
    if (spec.kind === "linear") {
      if (layer instanceof LinearLayer) {
        const { nIn, nOut } = layer;
        total += nOut * nIn + nOut;
        count = `${nOut * nIn + nOut} = ${nOut}×${nIn} + ${nOut}`;
      } else {
        count = "?";
      }
    }
    lines.push([titleOf(spec), `${rows ?? "?"} × m`, count]);
  }
  const widths = [0, 1].map((column) => Math.max(...lines.map((line) => line[column].length)) + 2);
  const table = lines.map(
    ([name, shape, count]) => `${name.padEnd(widths[0])}${shape.padEnd(widths[1])}${count}`,
  );
  const weighted = specs.filter(({ kind }) => kind === "linear").length;
  const known =
    graph === undefined
      ? ", its inputs are not known yet"
      : ` from ${counted(graph.nIn, "input")}, ${total} parameters`;
  return `${weighted}-layer network${known}\n${table.join("\n")}`;
}

function titleOf(spec: LayerSpec): string {
  if (spec.kind === "linear") return `linear(${spec.nOut}${spec.iniType ? `, "${spec.iniType}"` : ""})`;
  if (spec.kind === "leakyRelu") return `leakyRelu(${spec.slope})`;
  if (spec.kind === "dropout") return `dropout(${spec.rate})`;
  return `${spec.kind}()`;
}
