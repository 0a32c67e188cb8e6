/** Something that `<Start>` began. */
interface Running {
  readonly noun: string
  readonly name: string | undefined
  end(): void
}

/** What runs beside a call (twiml.md 4.11). */
export class Background {
  #running: readonly Running[] = []

  /** Remembers how to end something; the answer ends it, once. */
  add({ noun, name, end }: Running): () => void {
    const one = {
      noun,
      name,
      end: () => {
        if (!this.#running.includes(one)) return
        this.#running = this.#running.filter((other) => other !== one)
        end()
      },
    }
    this.#running = [...this.#running, one]
    return one.end
  }

  /** What runs of this noun, under this name where it says one. */
  find(noun: string, name: string | undefined): readonly Pick<Running, 'end'>[] {
    return this.#running.filter((one) => one.noun === noun && (!name || one.name === name))
  }
}
