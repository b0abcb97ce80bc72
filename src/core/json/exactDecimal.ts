const NUMBER = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/**
 * A canonical text for the exact decimal value of a JSON number: `1`, `1.0`, and `10e-1` have the same text, and
 * 9007199254740993 isn't rounded. `-0` equals 0.
 */
export function exactDecimal(source: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(source) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  let { length } = digits;
  while (digits[length - 1] === '0') length--;
  const significant = digits.slice(0, length);
  if (significant === '') return '0';
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - length);
  return `${sign}${significant}e${power}`;
}
