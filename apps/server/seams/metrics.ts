/** Figures for whoever watches the server, in Prometheus' text format. Labels are route templates: no figure is about one child. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  readonly observe: (request: { readonly method: string; readonly route: string; readonly status: number; readonly seconds: number }) => void
  readonly text: () => Promise<string>
  readonly contentType: string
}

/** @param lostLogLines log lines that could not be written so far */
export function makeMetrics({ lostLogLines, version }: { readonly lostLogLines: () => number; readonly version: string }): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'bairn_' })
  const duration = new Histogram({
    name: 'bairn_http_request_seconds', help: 'Time to answer, by route and status', labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10], registers: [registry],
  })
  registry.registerMetric(new Counter({ name: 'bairn_log_lines_lost_total', help: 'Log lines that could not be written', registers: [], collect() { this.reset(); this.inc(lostLogLines()) } }))
  const info = new Gauge({ name: 'bairn_info', help: 'Version of Bairn', labelNames: ['version'] as const, registers: [registry] })
  info.set({ version }, 1)
  return {
    observe: ({ method, route, status, seconds }) => { duration.observe({ method, route, status }, seconds) },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
