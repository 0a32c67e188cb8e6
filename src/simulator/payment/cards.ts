/** A kind of card, with what its numbers begin with and how long they are (twiml.md 4.9). */
interface Brand {
  readonly name: string
  readonly beginsWith: RegExp
  /** Typing ends at the last of these. */
  readonly lengths: readonly number[]
}

/** In the order in which they are tried: the narrower beginnings first. */
const BRANDS: readonly Brand[] = [
  { name: 'enroute', beginsWith: /^(2014|2149)/, lengths: [15] },
  { name: 'amex', beginsWith: /^3[47]/, lengths: [15] },
  { name: 'diners-club', beginsWith: /^3(0[0-5]|[68])/, lengths: [14] },
  { name: 'jcb', beginsWith: /^35/, lengths: [16] },
  { name: 'visa', beginsWith: /^4/, lengths: [13, 16, 19] },
  { name: 'mastercard', beginsWith: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { name: 'discover', beginsWith: /^(6011|65|64[4-9])/, lengths: [16] },
  { name: 'maestro', beginsWith: /^(5[06-8]|6)/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
]

/** The kind of a card, as `PaymentCardType` and `validCardTypes` call it. */
export function brandOf(number: string): string | undefined {
  return brand(number)?.name
}

function brand(number: string): Brand | undefined {
  return BRANDS.find(({ beginsWith }) => beginsWith.test(number))
}

/** How many digits there are to be typed; a longer Visa ends with `#` or a pause. */
export function lengthOfCard(number: string): number {
  const lengths = brand(number)?.lengths ?? [USUAL_LENGTH]
  return lengths.includes(USUAL_LENGTH) ? USUAL_LENGTH : Math.max(...lengths)
}

const USUAL_LENGTH = 16
const SHORTEST = 12

/** Whether a number can be that of a card: its length fits its kind, and its check digit the others. */
export function isCardNumber(number: string): boolean {
  const lengths = brand(number)?.lengths ?? [USUAL_LENGTH]
  return lengths.includes(number.length) && passesLuhn(number)
}

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** All but the last four digits hidden, in the groups in which cards are printed; all of one that is not complete. */
export function maskedCard(number: string): string {
  if (number.length < SHORTEST) return 'x'.repeat(number.length)
  const hidden = 'x'.repeat(number.length - 4) + number.slice(-4)
  const groups = brandOf(number) === 'amex' ? /^(.{4})(.{6})(.+)$/ : /^(.{4})(.{4})(.{4})(.+)$/
  return groups.exec(hidden)?.slice(1).join('-') ?? hidden
}
