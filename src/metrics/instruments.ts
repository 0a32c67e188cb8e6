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
    watch: (loads: Loads) => watched(registry, loads),
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

/** What is not told, but looked at whenever somebody asks. */
export interface Loads {
  active(): Promise<number>
  database(): { readonly connections: number; readonly busy: number; readonly waiting: number }
  functions(): { readonly calls: number; readonly processes: number }
}

function watched(registry: Registry, { active, database, functions }: Loads): void {
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    look(registry, { name, help, value })
  gauge('executions_active', 'Executions under way in the database', active)
  gauge('database_connections', 'Connections to the database that are open', () => database().connections)
  gauge('database_connections_busy', 'Connections to the database that are at work', () => database().busy)
  gauge('database_waiting', 'What waits for a connection, or for the next commit', () => database().waiting)
  gauge('function_calls', 'Functions that run', () => functions().calls)
  gauge('function_processes', 'Processes of functions, those to spare included', () => functions().processes)
}

interface Look {
  readonly name: string
  readonly help: string
  value(): number | Promise<number>
}

function look(registry: Registry, { name, help, value }: Look): void {
  new Gauge({
    name: `trunkline_${name}`,
    help,
    registers: [registry],
    async collect() {
      this.set(await value())
    },
  })
}
