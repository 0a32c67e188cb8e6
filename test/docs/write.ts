import { writeFileSync } from 'node:fs'
import { WARNING } from '../../src/engine/warning.ts'
import { ERRORS } from '../../src/errors.ts'
import { rulePages } from '../../src/lint/rules.ts'
import { scenarioSchema } from '../../src/scenario/json-schema.ts'
import { widgets } from '../../src/widgets/index.ts'
import { holdMusic } from '../support/hold-music.ts'
import { errorsPage } from './errors-page.ts'
import { rulesPage } from './rules-page.ts'
import { widgetsPage } from './widgets-page.ts'

writeFileSync(new URL('../../docs/widgets.md', import.meta.url), widgetsPage(widgets))
writeFileSync(new URL('../../docs/rules.md', import.meta.url), rulesPage(rulePages))
writeFileSync(new URL('../../docs/errors.md', import.meta.url), errorsPage(WARNING, ERRORS))
writeFileSync(new URL('../../scenario.schema.json', import.meta.url), scenarioSchema())
writeFileSync(new URL('../../assets/hold-music.wav', import.meta.url), holdMusic())
