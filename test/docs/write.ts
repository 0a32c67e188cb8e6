import { writeFileSync } from 'node:fs'
import { widgets } from '../../src/widgets/index.ts'
import { widgetsPage } from './widgets-page.ts'

writeFileSync(new URL('../../docs/widgets.md', import.meta.url), widgetsPage(widgets))
