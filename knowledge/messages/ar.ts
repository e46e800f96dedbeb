/** The catalogues of one language, by area. Loaded as one chunk. */
import common from './ar/common.json' with { type: 'json' }
import growth from './ar/growth.json' with { type: 'json' }
import nutrition from './ar/nutrition.json' with { type: 'json' }
import immunization from './ar/immunization.json' with { type: 'json' }
import plan from './ar/plan.json' with { type: 'json' }
import child from './ar/child.json' with { type: 'json' }
import web from './ar/web.json' with { type: 'json' }
import schedules from './ar/schedules.json' with { type: 'json' }
import record from './ar/record.json' with { type: 'json' }
import fhir from './ar/fhir.json' with { type: 'json' }
import problems from './ar/problems.json' with { type: 'json' }
import vaccines from './ar/vaccines.json' with { type: 'json' }
import cli from './ar/cli.json' with { type: 'json' }
export const catalogues = { common, growth, nutrition, immunization, plan, child, web, schedules, record, fhir, problems, vaccines, cli }
