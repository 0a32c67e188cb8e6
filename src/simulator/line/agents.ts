import { Agent } from 'undici'

/** The connections that all lines share: an agent for each time that a connection may take. */
export class Agents {
  readonly #agents = new Map<number, Agent>()

  /** The agent that waits so many milliseconds for a connection. */
  connectingWithin(milliseconds: number): Agent {
    const agent = this.#agents.get(milliseconds) ?? new Agent({ connect: { timeout: milliseconds } })
    this.#agents.set(milliseconds, agent)
    return agent
  }

  async destroy(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()))
  }
}
