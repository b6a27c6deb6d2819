/** What a page has where it may require that scripts come of a named policy, and of nothing else. */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}
interface Policy {
  createScriptURL(url: string): object;
}

const NAME = "nothing-but-wasm";
/** Under this the policy stands for the whole program: a page may forbid a second of the name, and two chunks have this code. */
const KEY = Symbol.for(`${NAME}: trusted types`);

/**
 * An address of a worker's script as the host wants it: of our policy where there are trusted types, else the text itself.
 * Where the page does not allow the policy it is the text too, which its own default policy may take, and `refusal` says what
 * the page must allow.
 */
export function trust(url: string): { trusted: string | object; refusal?: string } {
  const host = globalThis as { trustedTypes?: TrustedTypes; [KEY]?: Policy };
  const { trustedTypes } = host;
  if (typeof trustedTypes?.createPolicy !== "function") return { trusted: url };
  try {
    host[KEY] ??= trustedTypes.createPolicy(NAME, { createScriptURL: ofThisPage });
    return { trusted: host[KEY].createScriptURL(url) };
  } catch {
    return {
      trusted: url,
      refusal: `(a page that requires trusted types must allow the policy: trusted-types ${NAME})`,
    };
  }
}

/** Nothing but what the program itself has put into a blob: others, too, can reach the policy. */
function ofThisPage(url: string): string {
  if (url.startsWith("blob:")) return url;
  throw new TypeError(`the policy ${NAME} takes addresses of blobs, not ${url}`);
}
