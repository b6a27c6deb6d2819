const nbw = require("nothing-but-wasm");
const { ArgumentError } = require("nothing-but-wasm");
const { family } = require("./family.mjs");

if (Object.keys(require("nothing-but-wasm/plot")).length === 0)
  throw new Error("nothing-but-wasm/plot exports nothing");
import("nothing-but-wasm").then((imported) => {
  if (imported.ArgumentError !== ArgumentError) throw new Error("import and require give two libraries");
  console.log(JSON.stringify(family(nbw)));
});
