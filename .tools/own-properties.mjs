// Where Object.prototype is frozen, as some pages and sandboxes have it, `object.toString = …` throws: what an object inherits
// and may not be written hides that it could have a property of its own. d3-color and d3-format give their prototypes
// `constructor` and `toString` so, the moment that they are loaded. In what is built they define them:
//
//   prototype.constructor = constructor;   →   Object.defineProperty(prototype, "constructor", {value: constructor, …});
import MagicString from "magic-string";

const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));
const KIND = "writable: true, enumerable: true, configurable: true";

/** The nodes of a syntax tree. */
function* nodesOf(node) {
  if (typeof node?.type === "string") yield node;
  for (const part of Object.values(node ?? {})) if (typeof part === "object") yield* nodesOf(part);
}

/** Whether a statement gives an object a property whose name Object.prototype has too; only where its value is not used. */
function isHindered({ type, expression }) {
  if (type !== "ExpressionStatement" || expression.type !== "AssignmentExpression") return false;
  const { operator, left } = expression;
  return (
    operator === "=" &&
    left.type === "MemberExpression" &&
    !left.computed &&
    INHERITED.has(left.property.name)
  );
}

export const ownProperties = {
  name: "own properties",
  transform(code) {
    const text = new MagicString(code);
    for (const node of nodesOf(this.parse(code))) {
      if (!isHindered(node)) continue;
      const { left, right } = node.expression;
      text
        .appendLeft(left.start, "Object.defineProperty(")
        .overwrite(left.object.end, right.start, `, "${left.property.name}", { ${KIND}, value: `)
        .appendRight(right.end, " })");
    }
    return text.hasChanged() ? { code: text.toString(), map: text.generateMap({ hires: "boundary" }) } : null;
  },
};
