/** The catalogues of one language, by area. Loaded as one chunk. */
import common from './fr/common.json' with { type: 'json' }
import growth from './fr/growth.json' with { type: 'json' }
import nutrition from './fr/nutrition.json' with { type: 'json' }
import immunization from './fr/immunization.json' with { type: 'json' }
import plan from './fr/plan.json' with { type: 'json' }
import child from './fr/child.json' with { type: 'json' }
import web from './fr/web.json' with { type: 'json' }
import schedules from './fr/schedules.json' with { type: 'json' }
import record from './fr/record.json' with { type: 'json' }
import fhir from './fr/fhir.json' with { type: 'json' }
import problems from './fr/problems.json' with { type: 'json' }
import vaccines from './fr/vaccines.json' with { type: 'json' }
import cli from './fr/cli.json' with { type: 'json' }
export const catalogues = { common, growth, nutrition, immunization, plan, child, web, schedules, record, fhir, problems, vaccines, cli }
