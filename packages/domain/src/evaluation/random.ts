/**
 * xoshiro128** seeded through splitmix32 (Blackman and Vigna, 2018): the same seed gives the same draws on every machine, so that a
 * stored seed lets anybody compute an interval again. Gives a function that draws whole numbers in [0, below).
 */
export function drawsFrom(seed: number): (below: number) => number {
  let mixed = seed >>> 0;
  const splitmix = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  return (below) => {
    const five = Math.imul(b, 5);
    const drawn = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return Math.floor((drawn / 4_294_967_296) * below);
  };
}
