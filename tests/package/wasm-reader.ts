/** What a WebAssembly binary says of itself, read without an engine. */
export interface WasmFacts {
  /** "module.name kind" of each import. */
  imports: string[];
  exports: string[];
  customSections: string[];
  functions: number;
  /** How often each instruction stands in the code: its opcode, or prefix and opcode, in hexadecimal. */
  opcodes: Map<string, number>;
}

const kinds = ["function", "table", "memory", "global", "tag"];

/**
 * Reads a binary as the WebAssembly specification (core 2.0 and relaxed SIMD) lays it out.
 * @throws Error at an instruction it does not know, and when a section or a function's body does not end where it says
 */
export function readWasm(bytes: Uint8Array): WasmFacts {
  const facts: WasmFacts = { imports: [], exports: [], customSections: [], functions: 0, opcodes: new Map() };
  const reader = new Reader(bytes);
  if (reader.u32() !== 0x6d736100 || reader.u32() !== 1) throw new Error("not a WebAssembly 1 binary");
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const end = reader.leb() + reader.at;
    if (id === 0) facts.customSections.push(reader.name());
    else if (id === 2) readImports(reader, facts);
    else if (id === 7) readExports(reader, facts);
    else if (id === 10) readCode(reader, facts);
    if (id === 0 || ![2, 7, 10].includes(id)) reader.at = end;
    if (reader.at !== end) throw new Error(`section ${id} ends at ${reader.at}, not at ${end}`);
  }
  return facts;
}

/** The instructions among `opcodes` that belong to relaxed SIMD. */
export function relaxedSimd(opcodes: Map<string, number>): string[] {
  return [...opcodes.keys()].filter(
    (code) => code.startsWith("fd ") && Number.parseInt(code.slice(3), 16) >= 0x100,
  );
}

class Reader {
  readonly #bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    if (this.at >= this.#bytes.length) throw new Error("the binary ends too early");
    return this.#bytes[this.at++];
  }

  u32(): number {
    return this.byte() + this.byte() * 2 ** 8 + this.byte() * 2 ** 16 + this.byte() * 2 ** 24;
  }

  /** An unsigned number of variable length; a signed one is as long, and its value is not needed here. */
  leb(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  lebs(count: number): void {
    for (let i = 0; i < count; i++) this.leb();
  }

  name(): string {
    const length = this.leb();
    this.at += length;
    return new TextDecoder().decode(this.#bytes.subarray(this.at - length, this.at));
  }
}

function readImports(reader: Reader, facts: WasmFacts): void {
  for (let left = reader.leb(); left > 0; left--) {
    const name = `${reader.name()}.${reader.name()}`;
    const kind = reader.byte();
    facts.imports.push(`${name} ${kinds[kind]}`);
    if (kind === 0) reader.leb();
    else if (kind === 2) reader.lebs(reader.byte() & 1 ? 2 : 1);
    else throw new Error(`an import of a ${kinds[kind]}, which is not read here`);
  }
}

function readExports(reader: Reader, facts: WasmFacts): void {
  for (let left = reader.leb(); left > 0; left--) {
    facts.exports.push(reader.name());
    reader.byte();
    reader.leb();
  }
}

function readCode(reader: Reader, facts: WasmFacts): void {
  facts.functions = reader.leb();
  for (let i = 0; i < facts.functions; i++) {
    const end = reader.leb() + reader.at;
    for (let groups = reader.leb(); groups > 0; groups--) reader.lebs(2);
    while (reader.at < end) readInstruction(reader, facts.opcodes);
    if (reader.at !== end) throw new Error(`function ${i} ends at ${reader.at}, not at ${end}`);
  }
}

function readInstruction(reader: Reader, opcodes: Map<string, number>): void {
  const opcode = reader.byte();
  const prefixed = opcode === 0xfc || opcode === 0xfd;
  const sub = prefixed ? reader.leb() : 0;
  const code = prefixed ? `${opcode.toString(16)} ${sub.toString(16)}` : opcode.toString(16);
  opcodes.set(code, (opcodes.get(code) ?? 0) + 1);
  if (opcode === 0xfd) skipOfSimd(reader, sub);
  else if (opcode === 0xfc) skipOfBulk(reader, sub);
  else skipOfPlain(reader, opcode);
}

/** Passes what follows an instruction of one byte. */
function skipOfPlain(reader: Reader, opcode: number): void {
  const between = (low: number, high: number) => opcode >= low && opcode <= high;
  if (between(0x02, 0x04)) reader.leb();
  else if (opcode === 0x0e) reader.lebs(reader.leb() + 1);
  else if (opcode === 0x11) reader.lebs(2);
  else if (opcode === 0x1c) reader.lebs(reader.leb());
  else if (between(0x28, 0x3e)) reader.lebs(2);
  else if (opcode === 0x43) reader.at += 4;
  else if (opcode === 0x44) reader.at += 8;
  else if (between(0x0c, 0x0d) || opcode === 0x10 || between(0x20, 0x26) || between(0x3f, 0x42)) reader.leb();
  else if (!(between(0x00, 0x01) || opcode === 0x05 || opcode === 0x0b || opcode === 0x0f)) {
    if (!(between(0x1a, 0x1b) || between(0x45, 0xc4)))
      throw new Error(`unknown opcode ${opcode.toString(16)}`);
  }
}

/** Passes what follows an instruction under 0xfc: saturating conversions, bulk memory and tables. */
function skipOfBulk(reader: Reader, sub: number): void {
  if (sub > 17) throw new Error(`unknown opcode fc ${sub.toString(16)}`);
  if (sub > 7) reader.lebs([8, 10, 12, 14].includes(sub) ? 2 : 1);
}

/** Passes what follows an instruction under 0xfd: 128-bit vectors. */
function skipOfSimd(reader: Reader, sub: number): void {
  const between = (low: number, high: number) => sub >= low && sub <= high;
  if (between(0, 11) || between(92, 93)) reader.lebs(2);
  else if (between(12, 13)) reader.at += 16;
  else if (between(21, 34)) reader.at += 1;
  else if (between(84, 91)) {
    reader.lebs(2);
    reader.at += 1;
  } else if (sub > 0x113) throw new Error(`unknown opcode fd ${sub.toString(16)}`);
}
