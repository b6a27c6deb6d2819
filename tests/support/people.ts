/** 60 people; who is tall or lives in Rome says yes. Numbers come as text, as a CSV reader gives them. */
export const people = Array.from({ length: 60 }, (_, i) => ({
  height: String(150 + ((i * 37) % 50)),
  city: ["Oslo", "Rome", "Bern"][i % 3],
}));
export const answers = people.map(({ height, city }) =>
  Number(height) > 180 || city === "Rome" ? "yes" : "no",
);
