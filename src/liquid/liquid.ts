import { Liquid } from 'liquidjs'
import { tagClass } from './tag.ts'
import { tags } from './tags.ts'

/** liquidjs with our tags and none of its own; filters and values are ours alone, and it has no files to read. */
export const liquid = withoutItsOwn(
  new Liquid({ ownPropertyOnly: true, strictFilters: true, dynamicPartials: false, templates: {} }),
)

for (const [name, read] of Object.entries(tags)) liquid.registerTag(name, tagClass(read))

function withoutItsOwn(engine: Liquid): Liquid {
  for (const name of Object.keys(engine.filters)) engine.unregisterFilter(name)
  for (const name of Object.keys(engine.tags)) delete engine.tags[name]
  return engine
}
