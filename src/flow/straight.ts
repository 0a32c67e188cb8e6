/** Work that lets others in whenever it yields. */
export type Sliced<Outcome> = Generator<undefined, Outcome, void>

/** Does such work to its end without letting anybody in. */
export function straight<Outcome>(work: Sliced<Outcome>): Outcome {
  let slice = work.next()
  while (!slice.done) slice = work.next()
  return slice.value
}
