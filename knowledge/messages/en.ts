/** The catalogues of one language, by area. Loaded as one chunk. */
import common from './en/common.json' with { type: 'json' }
import growth from './en/growth.json' with { type: 'json' }
import nutrition from './en/nutrition.json' with { type: 'json' }
import immunization from './en/immunization.json' with { type: 'json' }
import plan from './en/plan.json' with { type: 'json' }
import child from './en/child.json' with { type: 'json' }
import web from './en/web.json' with { type: 'json' }
import schedules from './en/schedules.json' with { type: 'json' }
import record from './en/record.json' with { type: 'json' }
import fhir from './en/fhir.json' with { type: 'json' }
import problems from './en/problems.json' with { type: 'json' }
import vaccines from './en/vaccines.json' with { type: 'json' }
import cli from './en/cli.json' with { type: 'json' }
export const catalogues = { common, growth, nutrition, immunization, plan, child, web, schedules, record, fhir, problems, vaccines, cli }
