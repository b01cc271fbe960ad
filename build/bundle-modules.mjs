/**
 * The built bundles as modules, for the tests that read them.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "acorn";
import { full, simple } from "acorn-walk";

/** @typedef {import("acorn").AnyNode} AnyNode */
/** @typedef {{ file: string, text: string, program: import("acorn").Program }} BundleModule */

/**
 * One module of a bundle. Throws a SyntaxError where it holds what that edition of ECMAScript does not.
 * @param {string} file
 * @param {import("acorn").ecmaVersion} ecmaVersion
 * @returns {BundleModule}
 */
export function readModule(file, ecmaVersion) {
  const text = readFileSync(file, "utf8");
  const sourceType = file.endsWith(".cjs") ? "script" : "module";
  try {
    return { file, text, program: parse(text, { ecmaVersion, sourceType, allowHashBang: true }) };
  } catch (error) {
    throw new SyntaxError(`${file}: ${String(error)}`, { cause: error });
  }
}

/**
 * A module and all of the bundle that it imports, directly or not.
 * @param {string} file
 * @param {import("acorn").ecmaVersion} ecmaVersion
 * @param {{ dynamically: boolean }} how whether by `import()`, too
 * @returns {BundleModule[]}
 */
export function reachedFrom(file, ecmaVersion, { dynamically }) {
  /** @type {Map<string, BundleModule>} */
  const reached = new Map();
  const waiting = [file];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    const module = readModule(next, ecmaVersion);
    reached.set(next, module);
    const folder = dirname(next);
    const specifiers = importsOf(module.program, dynamically).filter((specifier) =>
      specifier.startsWith("."),
    );
    waiting.push(...specifiers.map((specifier) => join(folder, specifier)));
  }
  return [...reached.values()];
}

/**
 * @param {import("acorn").Program} program
 * @param {boolean} dynamically
 */
function importsOf(program, dynamically) {
  const specifiers = program.body.flatMap((node) =>
    "source" in node && node.source ? [String(node.source.value)] : [],
  );
  if (!dynamically) return specifiers;
  simple(program, {
    ImportExpression: ({ source }) => void specifiers.push(plainText(source) ?? ""),
  });
  return specifiers;
}

/**
 * What a module names: identifiers (`WebSocket`), members with the way to them (`process.features`) and by their own
 * name (`#features`), what it imports (`#readFile`) and Node.js's modules (`node:fs`). A global of which the module asks
 * the type, as one does before the use of what may be missing, is not among them.
 * @param {BundleModule} module
 * @returns {ReadonlySet<string>}
 */
export function namesIn({ program }) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @type {Set<string>} */
  const asked = new Set();
  full(program, (node) => {
    if (
      node.type === "UnaryExpression" &&
      node.operator === "typeof" &&
      node.argument.type === "Identifier"
    ) {
      asked.add(node.argument.name);
    }
    if (node.type === "Identifier") names.add(node.name);
    if (node.type === "MemberExpression") {
      const path = pathOf(node);
      names.add(path.join("."));
      names.add(`#${path.at(-1)}`);
    }
    if (node.type === "ImportSpecifier" && node.imported.type === "Identifier")
      names.add(`#${node.imported.name}`);
    const text = plainText(node);
    if (text?.startsWith("node:")) names.add(text);
  });
  for (const name of asked) names.delete(name);
  return names;
}

/**
 * @param {AnyNode} node
 * @returns {string[]}
 */
function pathOf(node) {
  if (node.type === "Identifier") return [node.name];
  if (node.type === "MetaProperty") return [node.meta.name, node.property.name];
  if (node.type !== "MemberExpression") return ["…"];
  const name = node.computed ? plainText(node.property) : "name" in node.property ? node.property.name : null;
  return [...pathOf(node.object), name ?? "…"];
}

/**
 * A text that is written out; the minifier writes it as a template.
 * @param {AnyNode} node
 * @returns {string | null}
 */
function plainText(node) {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral" || node.expressions.length > 0) return null;
  return node.quasis[0]?.value.cooked ?? null;
}
