/** Written by scripts/editions/listing.ts (`npm run editions`): the folders beside this file. */
export interface EditionFiles {
  readonly summary: { readonly country: string; readonly title: string; readonly authority: string; readonly effective: string; readonly reviewBy: string; readonly reportedYear?: number; readonly borrowed: boolean }
  readonly figures: () => Promise<{ readonly default: unknown }>
  readonly schedule: () => Promise<{ readonly default: unknown }>
}

export const EDITIONS: Readonly<Record<string, EditionFiles>> = {
  'bgd-2024': {
    summary: { country: 'BD', title: 'Bangladesh, national schedule as reported to WHO and UNICEF for 2024', authority: 'Ministry of health of Bangladesh, as reported to WHO and UNICEF', effective: '2024-01-01', reviewBy: '2026-07-05', reportedYear: 2024, borrowed: true },
    figures: () => import('./bgd-2024/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./bgd-2024/schedule.json', { with: { type: 'json' } }),
  },
  'bra-2023': {
    summary: { country: 'BR', title: 'Brazil, national schedule as reported to WHO and UNICEF for 2023', authority: 'Ministry of health of Brazil, as reported to WHO and UNICEF', effective: '2023-01-01', reviewBy: '2026-07-05', reportedYear: 2023, borrowed: true },
    figures: () => import('./bra-2023/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./bra-2023/schedule.json', { with: { type: 'json' } }),
  },
  'cdsi-4.64': {
    summary: { country: 'US', title: 'United States immunization schedule, CDSi supporting data 4.64', authority: 'CDC', effective: '2025-11-10', reviewBy: '2026-12-31', borrowed: false },
    figures: () => import('./cdsi-4.64/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./cdsi-4.64/schedule.json', { with: { type: 'json' } }),
  },
  'deu-2023': {
    summary: { country: 'DE', title: 'Germany, national schedule as reported to WHO and UNICEF for 2023', authority: 'Ministry of health of Germany, as reported to WHO and UNICEF', effective: '2023-01-01', reviewBy: '2026-07-05', reportedYear: 2023, borrowed: true },
    figures: () => import('./deu-2023/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./deu-2023/schedule.json', { with: { type: 'json' } }),
  },
  'eth-2023': {
    summary: { country: 'ET', title: 'Ethiopia, national schedule as reported to WHO and UNICEF for 2023', authority: 'Ministry of health of Ethiopia, as reported to WHO and UNICEF', effective: '2023-01-01', reviewBy: '2026-07-05', reportedYear: 2023, borrowed: true },
    figures: () => import('./eth-2023/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./eth-2023/schedule.json', { with: { type: 'json' } }),
  },
  'fra-2023': {
    summary: { country: 'FR', title: 'France, national schedule as reported to WHO and UNICEF for 2023', authority: 'Ministry of health of France, as reported to WHO and UNICEF', effective: '2023-01-01', reviewBy: '2026-07-05', reportedYear: 2023, borrowed: true },
    figures: () => import('./fra-2023/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./fra-2023/schedule.json', { with: { type: 'json' } }),
  },
  'gbr-2023': {
    summary: { country: 'GB', title: 'United Kingdom, national schedule as reported to WHO and UNICEF for 2023', authority: 'Health departments of the United Kingdom, as reported to WHO and UNICEF', effective: '2023-01-01', reviewBy: '2026-07-05', reportedYear: 2023, borrowed: true },
    figures: () => import('./gbr-2023/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./gbr-2023/schedule.json', { with: { type: 'json' } }),
  },
  'ind-2023': {
    summary: { country: 'IN', title: 'India, national schedule as reported to WHO and UNICEF for 2023', authority: 'Ministry of health of India, as reported to WHO and UNICEF', effective: '2023-01-01', reviewBy: '2026-07-05', reportedYear: 2023, borrowed: true },
    figures: () => import('./ind-2023/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./ind-2023/schedule.json', { with: { type: 'json' } }),
  },
  'ken-2023': {
    summary: { country: 'KE', title: 'Kenya, national schedule as reported to WHO and UNICEF for 2023', authority: 'Ministry of health of Kenya, as reported to WHO and UNICEF', effective: '2023-01-01', reviewBy: '2026-07-05', reportedYear: 2023, borrowed: true },
    figures: () => import('./ken-2023/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./ken-2023/schedule.json', { with: { type: 'json' } }),
  },
  'nga-2026': {
    summary: { country: 'NG', title: 'Nigeria, national schedule: NPHCDA guide of June 2026, and the report to WHO and UNICEF for 2023', authority: 'National Primary Health Care Development Agency', effective: '2026-06-22', reviewBy: '2027-06-22', reportedYear: 2023, borrowed: true },
    figures: () => import('./nga-2026/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./nga-2026/schedule.json', { with: { type: 'json' } }),
  },
  'pak-2024': {
    summary: { country: 'PK', title: 'Pakistan, national schedule as reported to WHO and UNICEF for 2024', authority: 'Ministry of health of Pakistan, as reported to WHO and UNICEF', effective: '2024-01-01', reviewBy: '2026-07-05', reportedYear: 2024, borrowed: true },
    figures: () => import('./pak-2024/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./pak-2024/schedule.json', { with: { type: 'json' } }),
  },
  'ukr-2024': {
    summary: { country: 'UA', title: 'Ukraine, national schedule as reported to WHO and UNICEF for 2024', authority: 'Ministry of health of Ukraine, as reported to WHO and UNICEF', effective: '2024-01-01', reviewBy: '2026-07-05', reportedYear: 2024, borrowed: true },
    figures: () => import('./ukr-2024/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./ukr-2024/schedule.json', { with: { type: 'json' } }),
  },
  'who-2025': {
    summary: { country: '001', title: 'WHO recommendations for routine immunization, as in the digital adaptation kit of July 2025', authority: 'WHO', effective: '2025-07-28', reviewBy: '2027-07-28', borrowed: false },
    figures: () => import('./who-2025/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./who-2025/schedule.json', { with: { type: 'json' } }),
  },
  'zaf-2023': {
    summary: { country: 'ZA', title: 'South Africa, national schedule as reported to WHO and UNICEF for 2023', authority: 'Ministry of health of South Africa, as reported to WHO and UNICEF', effective: '2023-01-01', reviewBy: '2026-07-05', reportedYear: 2023, borrowed: true },
    figures: () => import('./zaf-2023/edition.json', { with: { type: 'json' } }),
    schedule: () => import('./zaf-2023/schedule.json', { with: { type: 'json' } }),
  },
}

/** Countries whose reported schedule stands in reference/schedules.json. */
export const REFERENCE_COUNTRIES = 'AD AE AF AG AI AL AM AO AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MP MR MS MT MU MV MW MX MY MZ NA NC NE NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TZ UA UG US UY UZ VC VE VG VN VU WF WS XK YE ZA ZM ZW'

/** Their codes of three letters (ISO 3166), in the same order. */
export const THREE_LETTERS = 'AND ARE AFG ATG AIA ALB ARM AGO ARG AUT AUS ABW AZE BIH BRB BGD BEL BFA BGR BHR BDI BEN BMU BRN BOL BRA BHS BTN BWA BLR BLZ CAN COD CAF COG CHE CIV COK CHL CMR CHN COL CRI CUB CPV CUW CYP CZE DEU DJI DNK DMA DOM DZA ECU EST EGY ERI ESP ETH FIN FJI FSM FRA GAB GBR GRD GEO GHA GMB GIN GNQ GRC GTM GUM GNB GUY HKG HND HRV HTI HUN IDN IRL ISR IND IRQ IRN ISL ITA JAM JOR JPN KEN KGZ KHM KIR COM KNA PRK KOR KWT CYM KAZ LAO LBN LCA LKA LBR LSO LTU LUX LVA LBY MAR MCO MDA MNE MDG MHL MKD MLI MMR MNG MAC MNP MRT MSR MLT MUS MDV MWI MEX MYS MOZ NAM NCL NER NGA NIC NLD NOR NPL NRU NIU NZL OMN PAN PER PYF PNG PHL PAK POL PSE PRT PLW PRY QAT ROU SRB RUS RWA SAU SLB SYC SDN SWE SGP SVN SVK SLE SMR SEN SOM SUR SSD STP SLV SXM SYR SWZ TCA TCD TGO THA TJK TKL TLS TKM TUN TON TUR TTO TUV TZA UKR UGA USA URY UZB VCT VEN VGB VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE'
