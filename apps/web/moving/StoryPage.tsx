/** An invented child who moves, on the same screen as a child of the record. */
import { useEffect, useState } from 'preact/hooks'
import { useTitle } from '../app/title.ts'
import { ButtonLink } from '../components/Button.tsx'
import { Waiting } from '../components/Waiting.tsx'
import { useMessages } from '../i18n/messages.tsx'
import { MovingScreen } from './MovingScreen.tsx'
import { loadStory, STORIES } from './stories.ts'

export function StoryPage({ id = '' }: { readonly id?: string }) {
  const { t } = useMessages()
  const story = STORIES.find((one) => one.id === id)
  const [resources, setResources] = useState<readonly unknown[] | undefined>(undefined)
  const [pair, setPair] = useState({ from: story?.from ?? '', to: story?.to ?? '' })
  useEffect(() => {
    setResources(undefined)
    setPair({ from: story?.from ?? '', to: story?.to ?? '' })
    if (story !== undefined) void loadStory(story.id).then(setResources)
  }, [story])
  useTitle(t('schedules.move.title'))
  const back = <ButtonLink href="/schedules">{t('schedules.all')}</ButtonLink>
  if (story === undefined) return <main class="wrap"><div class="lhead"><div><h1>{t('schedules.noStory')}</h1></div></div><p class="row-b">{back}</p></main>
  if (resources === undefined) return <main class="wrap"><Waiting rows={4} /></main>
  return <MovingScreen resources={resources} on={story.on} {...pair} onChoose={setPair} back={back} invented />
}
