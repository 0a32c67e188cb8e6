/** In how many texts a body goes over the air: 160 GSM-7 or 70 UCS-2 characters in one, 153 or 67 where it is split (twiml.md 8.1). */
export function segmentsOf(body: string): number {
  const characters = [...body]
  const isGsm = characters.every((character) => BASIC.has(character) || EXTENDED.has(character))
  const widths = characters.map((character) => (isGsm ? (EXTENDED.has(character) ? 2 : 1) : character.length))
  const [whole, part] = isGsm ? [160, 153] : [70, 67]
  return sum(widths) <= whole ? 1 : packed(widths, part)
}

/** No character is cut in two. */
function packed(widths: readonly number[], part: number): number {
  let segments = 1
  let used = 0
  for (const width of widths) {
    const fits = used + width <= part
    segments += fits ? 0 : 1
    used = fits ? used + width : width
  }
  return segments
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** 3GPP TS 23.038, section 6.2.1. */
const BASIC: ReadonlySet<string> = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENDED: ReadonlySet<string> = new Set('\f^{}\\[~]|€')
