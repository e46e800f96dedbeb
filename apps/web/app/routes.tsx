/** Addresses and their screens. Everything but the list and its ways in comes when it is first needed. */
import { lazy, Route, Router, useLocation } from 'preact-iso'
import { useEffect } from 'preact/hooks'
import { Children } from '../children/ChildrenPage.tsx'
import { FirstUse } from '../first/FirstUsePage.tsx'
import { NotHere } from './NotHere.tsx'
import { useSession } from './session.tsx'

const Register = lazy(() => import('../register/RegisterPage.tsx').then((screen) => screen.RegisterPage))
const Child = lazy(() => import('../child/ChildPage.tsx').then((screen) => screen.ChildPage))
const Measure = lazy(() => import('../measure/MeasurePage.tsx').then((screen) => screen.MeasurePage))
const Dose = lazy(() => import('../dose/DosePage.tsx').then((screen) => screen.DosePage))
const Reaction = lazy(() => import('../reaction/ReactionPage.tsx').then((screen) => screen.ReactionPage))
const Print = lazy(() => import('../print/PrintPage.tsx').then((screen) => screen.PrintPage))
const About = lazy(() => import('../about/AboutPage.tsx').then((screen) => screen.AboutPage))
const Schedules = lazy(() => import('../schedules/SchedulesPage.tsx').then((screen) => screen.SchedulesPage))
const Schedule = lazy(() => import('../schedules/SchedulePage.tsx').then((screen) => screen.SchedulePage))
const Moving = lazy(() => import('../moving/MovingPage.tsx').then((screen) => screen.MovingPage))
const Story = lazy(() => import('../moving/StoryPage.tsx').then((screen) => screen.StoryPage))

export function Routes() {
  const { session } = useSession()
  const { path } = useLocation()
  // Until name and place are known every address answers with the first-use page: each fact keeps who and where.
  const known = session.user !== undefined
  useEffect(() => window.scrollTo(0, 0), [path])
  if (!known && path !== '/about') return <FirstUse />
  return (
    <Router>
      <Route path="/" component={Children} />
      <Route path="/register" component={Register} />
      <Route path="/child/:id" component={Child} />
      <Route path="/child/:id/measure" component={Measure} />
      <Route path="/child/:id/dose" component={Dose} />
      <Route path="/child/:id/reaction" component={Reaction} />
      <Route path="/child/:id/print" component={Print} />
      <Route path="/child/:id/move" component={Moving} />
      <Route path="/schedules" component={Schedules} />
      <Route path="/schedules/:id" component={Schedule} />
      <Route path="/stories/:id" component={Story} />
      <Route path="/about" component={About} />
      <Route default component={NotHere} />
    </Router>
  )
}
