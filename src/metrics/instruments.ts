import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Everything that is counted or timed, by Prometheus' naming rules; `docs/operations.md` lists them. */
export function instruments(registry: Registry) {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `trunkline_${name}`, help, labelNames, registers: [registry] })
  const times = <Label extends string>(name: string, about: Timing<Label>) =>
    new Histogram({ name: `trunkline_${name}_seconds`, registers: [registry], ...about })
  return {
    webhooks: times('webhook', {
      help: 'Time until a webhook was answered',
      buckets: WEBHOOK,
      labelNames: ['kind', 'status'],
    }),
    steps: counter('steps_total', 'Steps walked'),
    started: counter('executions_started_total', 'Executions begun', 'channel'),
    ended: counter('executions_ended_total', 'Executions ended', 'reason'),
    warnings: counter('warnings_total', "Warnings by code of Twilio's error dictionary", 'code'),
    effects: counter('effects_total', 'Things asked of the outside', 'effect'),
    answers: times('effect', { help: 'Time until the outside answered', buckets: EFFECT, labelNames: ['event'] }),
    late: times('timer_late', { help: 'How late waits were ended', buckets: LATE }),
    commits: times('commit', { help: 'Time until a move was in the database', buckets: COMMIT }),
    countActive: (count: () => Promise<number>) => active(registry, count),
  }
}

interface Timing<Label extends string> {
  readonly help: string
  readonly buckets: number[]
  readonly labelNames?: Label[]
}

/** A carrier gives a webhook 15 s, and one that takes longer than 12 s is answered in parts. */
const WEBHOOK = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 12, 15]
const EFFECT = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const LATE = [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 60, 600]
const COMMIT = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5]

function active(registry: Registry, count: () => Promise<number>): void {
  new Gauge({
    name: 'trunkline_executions_active',
    help: 'Executions under way in the database',
    registers: [registry],
    async collect() {
      this.set(await count())
    },
  })
}
