import { misusesOfCosts } from "./misuses-of-costs.ts";
import { misusesOfData } from "./misuses-of-data.ts";
import { misusesOfLayers } from "./misuses-of-layers.ts";
import { misusesOfNetworks } from "./misuses-of-networks.ts";
import { misusesOfOptimizers } from "./misuses-of-optimizers.ts";
import { misusesOfPreprocessing } from "./misuses-of-preprocessing.ts";

/** The misuses of every way into the library, by its name. */
export const misuses = {
  ...misusesOfData,
  ...misusesOfLayers,
  ...misusesOfCosts,
  ...misusesOfOptimizers,
  ...misusesOfNetworks,
  ...misusesOfPreprocessing,
};
