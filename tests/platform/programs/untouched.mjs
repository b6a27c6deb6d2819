// Which of the globals that Deno makes when it is first asked for them (15 ms of a cold process) a program asks for that trains.
const asked = [];
for (const name of ["Buffer", "process", "setImmediate", "setTimeout"]) {
  const { get, value } = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, {
    get() {
      asked.push(name);
      return get === undefined ? value : get.call(globalThis);
    },
  });
}

const { linear, Network, sigmoid } = await import("nothing-but-wasm");
const network = new Network([linear(3), sigmoid(), linear(1), sigmoid()], { seed: 48 });
const { epochs } = await network.fit(
  [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  [0, 1, 1, 0],
  { epochs: 5000 },
);
console.log(JSON.stringify({ asked, epochs: epochs.length }));
