/** Stands for a host's Uint16Array where the highest byte of a number lies first. */
export class HighestFirst extends Uint16Array {
  constructor(numbers: number[]) {
    super(numbers.map((number) => ((number & 255) << 8) | (number >> 8)));
  }
}
