/** What a function leaves running when it has called back: with that, its execution ends (functions-flex.md A3). */
export class Leftovers {
  #before: readonly string[] = process.getActiveResourcesInfo()

  /** What there is now stays: what a file has opened when it was loaded. */
  begin(): void {
    this.#before = process.getActiveResourcesInfo()
  }

  /** Tells what is left after a short grace; at once where nothing is, but not before the function has let go of the thread. */
  afterGrace(tell: (left: string[]) => void): void {
    let looks = 0
    const look = () => {
      const left = this.#left(looks)
      if (left.length === 0 || looks === GRACES_MS.length) return tell(left)
      setTimeout(look, GRACES_MS[looks])
      looks += 1
    }
    setImmediate(look)
  }

  /** What is there now that was not there before, but for our own timer or immediate. */
  #left(looks: number): string[] {
    const before = [...this.#before, looks === 0 ? 'Immediate' : 'Timeout']
    return process.getActiveResourcesInfo().filter((kind) => {
      const place = before.indexOf(kind)
      if (place >= 0) before.splice(place, 1)
      return place < 0
    })
  }
}

const GRACES_MS = [10, 50, 140]
